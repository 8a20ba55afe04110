/**
 * What both elements do: find the source wherever it comes from and whenever it comes, read it, show the result or say
 * why there is none, and give everything back when they go.
 */

import { css, words } from './built.js';
import { languageOf, load, ready, wasm } from './engine.js';
import { PolicyError, hinted, formatOf, read, safeTarget } from './source.js';

/** @import { Handle, Reading } from './policy_reader.js' */
/** @import { Analysis, ErrorCode, Format, Options, Source } from '../pkg/policy-reader.d.ts' */

/** Content that arrives in pieces is read when nothing more came for so long, in milliseconds. */
const SETTLED = 80;

/** From so many characters on a policy takes a while to read, and its progress is shown. */
const LONG = 70_000;

/** How long work may take before the page is let in between, in milliseconds. */
export const SLICE = 8;

/** How many steps a reading of so many characters has, about: some for each stage, and one more for every few clauses. */
const steps = (/** @type {number} */ characters) => 22 + characters / 570;

/** An element without any policy says so after so long. */
const EMPTY = 4000;

/** What has no text that could be shown below the sentence. */
const BARE = ['empty', 'binary', 'script-shell'];

const TEXT_TYPES = /^text\/(markdown|plain|html)/;

// Node and workers import the plain functions too; only a page has elements.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for every element; made of a text in the script, which no policy for styles forbids. */
function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

export class PolicyElement extends Base {
  static observedAttributes = ['src', 'format', 'lang', 'topics'];

  /** @type {Handle | undefined} */
  #handle;
  /** @type {Analysis | undefined} */
  #analysis;
  /** @type {Source | undefined} */
  #given;
  /** The text that is shown. @type {string | undefined} */
  #shown;
  /** Of several renderings under way only the last one counts. */
  #turn = 0;
  #queued = false;
  /** The page's own content, or a way to the policy. */
  #slot;
  /** What came with the page. @type {ChildNode[]} */
  #served;
  /** What was asked for last. @type {{ address: string, text: ReturnType<typeof read> } | undefined} */
  #fetched;
  /** What is said while or because there is no policy to show. @type {HTMLElement | undefined} */
  #state;
  /** Why a text that is shown got no card. @type {PolicyError | undefined} */
  #note;
  /** @type {MutationObserver | undefined} */
  #observer;
  /** @type {AbortController | undefined} */
  #connection;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  constructor() {
    super();
    // What a server rendered into the shadow root stays until there is something better.
    const served = this.shadowRoot;
    const root = served ?? this.attachShadow({ mode: 'open' });
    this.#served = [...root.childNodes];
    this.#slot = document.createElement('slot');
    if (!served) root.append(this.#slot);
    root.adoptedStyleSheets = [styles()];
  }

  /** Address of the policy: Markdown, HTML or plain text. */
  get src() {
    return this.getAttribute('src') ?? '';
  }
  set src(value) {
    this.setAttribute('src', value ?? '');
  }

  /** Mark-up of the source, where its text does not show it. */
  get format() {
    return /** @type {Format | ''} */ (this.getAttribute('format') ?? '');
  }
  set format(value) {
    this.setAttribute('format', value ?? '');
  }

  /** Whether it is told of each clause what it is about: what that takes is fetched. */
  get topics() {
    return this.hasAttribute('topics');
  }
  set topics(value) {
    this.toggleAttribute('topics', Boolean(value));
  }

  /** `auto`, `light` or `dark`. */
  get theme() {
    return this.getAttribute('theme') ?? 'auto';
  }
  set theme(value) {
    this.setAttribute('theme', value);
  }

  /** The text itself, instead of `src` or the element's content. */
  get source() {
    return this.#given;
  }
  set source(value) {
    const before = this.#given;
    this.#given = typeof value === 'string' ? { text: value } : (value ?? undefined);
    if (before || this.#given) this.queue();
  }

  /** What was read, once `policy-ready` was heard. */
  get analysis() {
    this.#analysis ??= this.#handle?.analysis();
    return this.#analysis;
  }

  get handle() {
    return this.#handle;
  }

  connectedCallback() {
    // What was set before the element was defined lies on the object itself, in front of the accessors.
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    // While a page is being parsed, the element's content is not there yet.
    document.addEventListener('DOMContentLoaded', () => this.queue(), { once: true, signal });
    addEventListener('online', () => this.#state?.dataset.code === 'offline' && this.retry(), { signal });
    this.#observer = new MutationObserver(() => this.#settle());
    this.#observer.observe(this, { childList: true, characterData: true, subtree: true });
    this.queue();
  }

  disconnectedCallback() {
    this.#connection?.abort();
    this.#observer?.disconnect();
    clearTimeout(this.#settling);
    clearTimeout(this.#waiting);
    // An element that is only moved is back by now.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  /** Whether the page has words of its own between the tags. */
  #own() {
    const shown = (/** @type {ChildNode} */ node) =>
      !(node instanceof Element && node.matches('script, style, template, noscript')) && node.textContent?.trim();
    return !this.#given && [...this.childNodes].some(shown);
  }

  /** Gives back what it holds; connected anew, it reads anew. */
  #leave() {
    this.#turn++;
    this.#handle?.free();
    this.#handle = this.#analysis = this.#shown = this.#fetched = undefined;
    this.#say();
    this.#clear();
    this.shadowRoot?.append(this.#slot);
  }

  #clear() {
    for (const node of this.#served) node.remove();
    this.#served = [];
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before !== after) this.changed(name);
  }

  /** @param {string} _name */
  changed(_name) {
    this.queue();
  }

  /** Reads anew after a failure, or what changed at its address. */
  retry() {
    this.#shown = this.#fetched = undefined;
    this.queue();
  }

  /** Waits until the page has left its content alone for a moment. */
  #settle() {
    // Content is only a stand-in where the text comes from elsewhere.
    if (this.#given || this.src) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.queue(), SETTLED);
  }

  /** Renders once after all that is set in the same moment. */
  queue() {
    if (this.#queued || !this.isConnected || document.readyState === 'loading') return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected) void this.#render();
    });
  }

  async #render() {
    let turn = ++this.#turn;
    clearTimeout(this.#waiting);
    try {
      if (!this.#given && this.src && !this.#handle) this.#say('loading');
      // The module comes while the text does; what is wrong with it is told below, once there is a text.
      const module = this.src ? load() : undefined;
      module?.catch(() => {});
      const source = await this.#read();
      await module;
      if (turn !== this.#turn) return;
      if (!source) return this.#await();
      if (!source.text.trim()) throw new PolicyError('empty', 'there is no text');
      const lang = this.#language();
      const options = { ...this.options(), lang, topics: this.topics, ...(source.format && { format: source.format }) };
      await ready(source.text, options);
      const root = this.shadowRoot;
      if (turn !== this.#turn || !root) return;
      if (!this.#handle && source.text.length > LONG) this.#say('loading');
      const reading = new wasm.Reading(source.text, options);
      if (!(await this.#steps(reading, steps(source.text.length), turn))) return reading.free();
      this.#note = undefined;
      const same = this.#shown === source.text;
      const kept = same && this.#handle ? this.keep(root) : undefined;
      // The new one first: if it fails, what was shown before stays.
      const handle = reading.mount(root);
      const why = /** @type {ErrorCode | ''} */ (handle.unread());
      if (why) {
        const sentence = handle.sentence();
        // The text is shown below the sentence, for who knows better; the page's own content is better left as it is.
        if ((BARE.includes(why) && !handle.sections()) || this.#own()) {
          const analysis = handle.analysis();
          handle.free();
          this.#leave();
          this.#analysis = analysis;
          turn = ++this.#turn;
          throw new PolicyError(why, sentence);
        }
        this.#note = new PolicyError(why, sentence);
      }
      this.#handle?.free();
      this.#handle = handle;
      this.#analysis = undefined;
      this.#shown = source.text;
      this.#say();
      this.#clear();
      this.#slot.remove();
      this.shown(handle, kept);
      if (this.#note) this.#fail(this.#note);
      else this.tell('ready', { sections: handle.sections() });
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  /**
   * Reads, and lets the page answer in between; a long text tells how far it is.
   * @param {Reading} reading
   * @param {number} all its steps, about
   * @param {number} turn
   * @returns {Promise<boolean>} false where another reading has begun meanwhile
   */
  async #steps(reading, all, turn) {
    let until = performance.now() + SLICE;
    for (let done = 1; reading.step(); done++) {
      if (performance.now() < until) continue;
      const bar = this.#state?.querySelector('progress');
      if (bar) bar.value = done / all;
      await rest();
      if (turn !== this.#turn) return false;
      until = performance.now() + SLICE;
    }
    return true;
  }

  /** The nearest `lang`, seen through the shadow trees around. */
  #language() {
    /** @type {Element | null} */
    let at = this;
    while (at) {
      const lang = at.closest('[lang]')?.getAttribute('lang');
      if (lang) return lang;
      const root = at.getRootNode();
      at = root instanceof ShadowRoot ? root.host : null;
    }
    return document.documentElement.lang;
  }

  /** Content may still come; if none does, that is said too. */
  #await() {
    if (this.#handle) {
      // The page took its policy away.
      this.#leave();
    }
    this.#waiting = setTimeout(() => this.#fail(new PolicyError('empty', 'there is no src, source or content')), EMPTY);
  }

  /** @returns {Promise<Source | undefined>} */
  async #read() {
    if (this.#given) {
      const { text, format } = this.#given;
      return { text: String(text ?? ''), format: format || this.format || undefined };
    }
    if (this.src) {
      const address = new URL(this.src, document.baseURI).href;
      // Another language or light is no reason to ask for the text again.
      if (this.#fetched?.address !== address) this.#fetched = { address, text: read(address) };
      const { text, format } = await this.#fetched.text;
      return { text, format: this.format || format };
    }
    return this.#content();
  }

  /** What stands between the tags: a text in `<script type="text/markdown">` or `<pre>`, or mark-up. @returns {Source | undefined} */
  #content() {
    const only = this.children.length === 1 ? this.children[0] : undefined;
    const type = only instanceof HTMLScriptElement ? only.type : '';
    if (TEXT_TYPES.test(type) || only instanceof HTMLPreElement) {
      const text = undent(only?.textContent ?? '');
      return { text, format: this.format || hinted(text, formatOf('', type)) };
    }
    // A text that only a template holds is still the page's; a shadow root's own template is not.
    const kept = (/** @type {Element} */ node) =>
      node instanceof HTMLTemplateElement && !node.hasAttribute('shadowrootmode') && node.content.textContent?.trim();
    if (!this.#own() && !(!this.#given && [...this.children].some(kept))) return undefined;
    if (!only && !this.children.length) {
      return { text: undent(this.textContent), format: this.format || undefined };
    }
    const serializer = new XMLSerializer();
    const text = Array.from(this.childNodes, (node) => serializer.serializeToString(node)).join('');
    return { text, format: this.format || 'html' };
  }

  /** @param {unknown} error */
  #fail(error) {
    const code = error instanceof PolicyError ? error.code : 'module';
    const status = error instanceof PolicyError ? error.status : undefined;
    const message = error instanceof Error ? error.message : String(error);
    if (error !== this.#note) this.#fetched = undefined;
    // What was read before stays: an old policy is better than none.
    if (error === this.#note || (!this.#handle && !this.#served.length)) {
      if (!this.#handle) this.shadowRoot?.append(this.#slot);
      this.#say(code, status, message);
    }
    this.tell('error', { code, message, error, ...(status && { status }) });
  }

  /**
   * Says in the reader's own look what is going on; nothing without a code.
   * @param {string} [code]
   * @param {number} [status]
   * @param {string} [sentence] what the module says of a text that is no policy
   */
  #say(code, status, sentence = '') {
    this.#state?.remove();
    this.#state = undefined;
    const root = this.shadowRoot;
    if (!code || !root) return;
    const own = this.#own();
    // The page's own words are better than ours while we wait.
    if (code === 'loading' && (own || this.#served.length)) return;
    const text = say(this.#language());
    const state = node('section', `reader state ${code === 'loading' ? 'skeleton' : 'fault'}`);
    state.dataset.code = code;
    state.part.add('state');
    state.lang = text.lang;
    if (code === 'loading') {
      state.setAttribute('aria-busy', 'true');
      const bar = node('progress', '', '', { 'aria-label': text('loading'), max: '1' });
      state.append(bones(), node('p', 'state-line', text('loading'), { role: 'status' }), bar);
    } else {
      state.setAttribute('role', 'alert');
      // A text that was had and is no policy has a sentence of its own.
      const none = !status && !text(code);
      state.append(node('h2', '', text(none ? 'not-policy.title' : `${code}.title`) || text('title')));
      state.append(node('p', '', none ? sentence : text(code).replace('{status}', `${status ?? ''}`)));
      if (this.src) state.append(node('p', 'where', this.src));
      state.append(this.#ways(text, code, status));
    }
    this.#state = state;
    root.prepend(state);
  }

  /** Retry, and the way to the text itself. @param {ReturnType<typeof say>} text @param {string} code @param {number} [status] */
  #ways(text, code, status) {
    const ways = node('p', 'acts');
    if (status || ['offline', 'network', 'cors', 'timeout', 'module'].includes(code)) {
      const again = node('button', 'btn main', text('retry'), { type: 'button' });
      again.addEventListener('click', () => this.retry());
      ways.append(again);
    }
    const href = this.src && safeTarget(this.src);
    if (href) {
      const link = node('a', 'btn', text('original'), { href, rel: 'noopener noreferrer' });
      link.part.add('fallback');
      ways.append(link);
    }
    return ways;
  }

  /** Where an app's web view is told what happens; off unless the page asks for it. */
  get bridge() {
    return this.hasAttribute('bridge') && this.getAttribute('bridge') !== 'off';
  }
  set bridge(value) {
    this.toggleAttribute('bridge', Boolean(value) && `${value}` !== 'off');
  }

  /** @param {string} name @param {Record<string, any>} detail */
  tell(name, detail) {
    if (this.bridge) post({ event: `policy-${name}`, element: this.id, ...detail, error: undefined });
    this.dispatchEvent(new CustomEvent(`policy-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** @returns {Options} */
  options() {
    return {};
  }

  /** What a reader opened, searched and switched, before the same text is shown anew. @param {ShadowRoot} _root @returns {any} */
  keep(_root) {}

  /** @param {Handle} _handle @param {any} _kept */
  shown(_handle, _kept) {}
}

/** Lets the page do what waits: events, painting. @returns {Promise<unknown>} */
function rest() {
  /** @type {any} */
  const { scheduler } = globalThis;
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/**
 * Hands a message to the app around, whichever it is: WKWebView, an Android interface, React Native.
 * @param {object} message
 */
function post(message) {
  /** @type {any} */
  const page = globalThis;
  const text = JSON.stringify(message);
  const ios = page.webkit?.messageHandlers?.policyReader;
  const others = page.PolicyReaderAndroid ?? page.ReactNativeWebView;
  try {
    if (ios) ios.postMessage(text);
    else others?.postMessage(text);
  } catch {
    // An app that cannot listen is no reason for a reader to stop.
  }
}

/**
 * Our own sentences for a state, in the language of the labels.
 * @param {string} tag
 */
export function say(tag) {
  const lang = languageOf(tag);
  return Object.assign((/** @type {string} */ key) => words[lang]?.[key] ?? '', { lang });
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [name]
 * @param {string} [text]
 * @param {Record<string, string>} [attributes]
 */
export function node(tag, name = '', text = '', attributes = {}) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The card's outlines while it is read. */
function bones() {
  const card = node('div', 'card', '', { 'aria-hidden': 'true' });
  card.append(node('span', 'bone title'), node('span', 'bone'));
  for (let row = 0; row < 5; row++) {
    const line = node('div', 'bones');
    line.append(node('span', 'bone'), node('span', 'bone'), node('span', 'bone short'));
    card.append(line);
  }
  card.append(node('div', 'bone block'));
  return card;
}

/**
 * The indentation that all lines share, which is the page's own, taken away.
 * @param {string} text
 */
function undent(text) {
  const lines = text.replace(/^[ \t]*\r?\n/, '').split('\n');
  const depths = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(Math.min(depth, line.length - line.trimStart().length))).join('\n');
}
