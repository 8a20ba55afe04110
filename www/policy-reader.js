/**
 * The element classes `<policy-reader>` and `<policy-card>`, and the plain functions beside them.
 *
 * Importing this file changes nothing in a page: define.js registers the elements. The module and the style sheet are
 * fetched once, when the first element needs them, from beside this file; so are, where they are asked for, the weights
 * that tell topics and labels in another language than
 * Simplified Chinese, which the module brings along.
 */

import init, * as wasm from './policy_reader.js';

/** @import { Handle } from './policy_reader.js' */
/** @import { Analysis, Format, Options, Source } from '../pkg/policy-reader.d.ts' */

/** @type {Promise<unknown> | undefined} */
let module;

/**
 * Fetches and starts the module; once, and anew after a failure.
 * @param {BufferSource | WebAssembly.Module} [bytes] the module itself, where it cannot be fetched (Node, an app's bundle)
 */
export function load(bytes) {
  module ??= start(bytes).catch((error) => {
    module = undefined;
    throw error;
  });
  return module;
}

/** @param {BufferSource | WebAssembly.Module} [bytes] */
async function start(bytes) {
  if (bytes) return init({ module_or_path: bytes });
  const response = await fetched(new URL('policy_reader_bg.wasm', import.meta.url));
  // A streaming compile insists on the type; hosts that do not know .wasm get the slower way instead of an error.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  return init({ module_or_path: typed ? response : await response.arrayBuffer() });
}

/** @param {URL | string} url */
async function fetched(url) {
  // Node's fetch knows no file: address.
  const files = `${url}`.startsWith('file:') && globalThis.process?.getBuiltinModule?.('node:fs');
  if (files) return new Response(files.readFileSync(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`.trim());
  return response;
}

/** @type {Record<string, Promise<void> | undefined>} */
const labels = {};

/** @type {Promise<void> | undefined} */
let topics;

/**
 * Starts the module and gives it what this reading asks for: topics, and labels. Without these the built-in ones do.
 * @param {string} source
 * @param {Options} [options]
 */
async function ready(source, options) {
  await load();
  if (options?.topics) {
    await (topics ??= fetched(new URL('topics.bin', import.meta.url))
      .then((response) => response.arrayBuffer())
      .then(addTopics)
      .catch(() => {
        topics = undefined;
      }));
  }
  const lang = wasm.lacking(source, options);
  if (!lang) return;
  await (labels[lang] ??= fetched(new URL(`labels/${lang}.txt`, import.meta.url))
    .then((response) => response.text())
    .then((text) => wasm.addLabels(lang, text))
    .catch(() => {
      labels[lang] = undefined;
    }));
}

/**
 * Labels and sentences in another language, where they cannot be fetched (Node, an app's bundle).
 * @param {'zh-Hant' | 'en'} lang
 * @param {string} text of `labels/zh-Hant.txt` or `labels/en.txt`
 */
export async function addLabels(lang, text) {
  await load();
  wasm.addLabels(lang, text);
}

/**
 * What topics are told by, where it cannot be fetched: from then on every reading tells them.
 * @param {ArrayBuffer} bytes of `topics.bin`
 */
export async function addTopics(bytes) {
  await load();
  if (!wasm.addTopics(new Uint8Array(bytes))) throw new Error('topics.bin: damaged, or of another version');
}

/** @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

/** The style sheet, shared by every element; `reader.css` is asked for once. */
function styles() {
  sheet ??= fetched(new URL('reader.css', import.meta.url))
    .then((response) => response.text())
    .then((text) => new CSSStyleSheet().replace(text))
    .catch((error) => {
      sheet = undefined;
      throw error;
    });
  return sheet;
}

/**
 * Reads a policy.
 * @param {string} source
 * @param {Options} [options]
 * @returns {Promise<Analysis>}
 */
export async function analyze(source, options) {
  await ready(source, options);
  return wasm.analyze(source, options);
}

/**
 * Reads a policy and returns its card as static HTML.
 * @param {string} source
 * @param {Options} [options]
 * @returns {Promise<string>}
 */
export async function cardHtml(source, options) {
  await ready(source, options);
  return wasm.cardHtml(source, options);
}

/**
 * Reads a policy and returns the whole reader as static HTML without controls.
 * @param {string} source
 * @param {Options} [options]
 * @returns {Promise<string>}
 */
export async function readerHtml(source, options) {
  await ready(source, options);
  return wasm.readerHtml(source, options);
}

/**
 * Text of a file or response, by its byte order mark, its declared charset, or as UTF-8 and then GB 18030, in which many
 * Chinese pages still come.
 * @param {ArrayBuffer} buffer
 * @param {string} [type] a Content-Type
 * @returns {string}
 */
export function decode(buffer, type = '') {
  const bytes = new Uint8Array(buffer);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const marked = head.startsWith('ÿþ') ? 'utf-16le' : head.startsWith('þÿ') ? 'utf-16be' : undefined;
  const declared = /charset\s*=\s*["']?([\w.-]+)/i.exec(type) ?? /<meta[^>]+charset\s*=\s*["']?([\w.-]+)/i.exec(head);
  for (const label of [marked, 'utf-8', declared?.[1], 'gb18030']) {
    try {
      if (label) return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding, or none that the browser knows.
    }
  }
  return new TextDecoder().decode(bytes);
}

/**
 * What a file's name or a response's type says about its mark-up. A `.txt` may hold Markdown, so the text itself decides.
 * @param {string} name
 * @param {string} [type]
 * @returns {Format | undefined}
 */
export function formatOf(name, type = '') {
  const path = name.replace(/[?#].*$/s, '').toLowerCase();
  if (/\.(md|markdown)$/.test(path) || type.startsWith('text/markdown')) return 'markdown';
  if (/\.x?html?$/.test(path) || /^(text\/html|application\/xhtml)/.test(type)) return 'html';
  return undefined;
}

const TEXT_TYPES = /^text\/(markdown|plain|html)/;

// Node and workers import the plain functions from this file too; only a page has elements.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** What both elements do: find the source, read it, show the result, keep what the page had until then. */
class PolicyElement extends Base {
  static observedAttributes = ['src', 'format', 'lang', 'topics'];

  /** @type {Handle | undefined} */
  #handle;
  /** @type {Analysis | undefined} */
  #analysis;
  /** @type {Source | undefined} */
  #given;
  /** Of several renderings under way only the last one counts. */
  #turn = 0;
  #queued = false;
  #slot;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
    this.#slot = document.createElement('slot');
    this.shadowRoot?.append(this.#slot);
  }

  /** Address of the policy: Markdown, HTML or plain text. */
  get src() {
    return this.getAttribute('src') ?? '';
  }
  set src(value) {
    this.setAttribute('src', value);
  }

  /** Mark-up of the source, where its name or type does not say it. */
  get format() {
    return /** @type {Format | ''} */ (this.getAttribute('format') ?? '');
  }
  set format(value) {
    this.setAttribute('format', value);
  }

  /** Whether it is told of each clause what it is about: what that takes is fetched. */
  get topics() {
    return this.hasAttribute('topics');
  }
  set topics(value) {
    this.toggleAttribute('topics', value);
  }

  /** The text itself, instead of `src` or the element's content. */
  get source() {
    return this.#given;
  }
  set source(value) {
    this.#given = typeof value === 'string' ? { text: value } : value;
    this.queue();
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
    // While a page is being parsed, the element's content is not there yet.
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => this.queue(), { once: true });
    } else {
      this.queue();
    }
  }

  disconnectedCallback() {
    this.#turn++;
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before !== after) this.changed(name);
  }

  /** @param {string} _name */
  changed(_name) {
    this.queue();
  }

  /** Renders once after all that is set in the same moment. */
  queue() {
    if (this.#queued || !this.isConnected || document.readyState === 'loading') return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      void this.#render();
    });
  }

  async #render() {
    const turn = ++this.#turn;
    try {
      const source = await this.#read();
      if (!source) return;
      const lang = this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang;
      const options = { ...this.options(), lang, topics: this.topics, ...(source.format && { format: source.format }) };
      const [css] = await Promise.all([styles(), ready(source.text, options)]);
      const root = this.shadowRoot;
      if (turn !== this.#turn || !root) return;
      root.adoptedStyleSheets = [css];
      // The new one first: if it fails, what was shown before stays.
      const handle = this.show(root, source.text, options);
      this.#handle?.free();
      this.#handle = handle;
      this.#analysis = undefined;
      this.#slot.remove();
      this.shown(handle);
      this.tell('ready', { sections: root.querySelectorAll('details.section').length });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#fallBack();
      this.tell('error', { error, message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @returns {Promise<Source | undefined>} */
  async #read() {
    if (this.#given) return this.#given;
    if (this.src) {
      const url = new URL(this.src, document.baseURI);
      const response = await fetched(url);
      const type = response.headers.get('content-type') ?? '';
      const text = decode(await response.arrayBuffer(), type);
      return { text, format: this.format || formatOf(url.pathname, type) };
    }
    return this.#content();
  }

  /** What stands between the tags: a text in `<script type="text/markdown">` or `<pre>`, or mark-up. @returns {Source | undefined} */
  #content() {
    const only = this.children.length === 1 ? this.children[0] : undefined;
    const type = only instanceof HTMLScriptElement ? only.type : '';
    if (TEXT_TYPES.test(type) || only instanceof HTMLPreElement) {
      return { text: undent(only?.textContent ?? ''), format: this.format || formatOf('', type) };
    }
    if (!this.textContent?.trim()) return undefined;
    if (!only && !this.children.length) {
      return { text: undent(this.textContent), format: this.format || undefined };
    }
    const serializer = new XMLSerializer();
    const text = Array.from(this.childNodes, (node) => serializer.serializeToString(node)).join('');
    return { text, format: this.format || 'html' };
  }

  /** The page's own text, or a way to it, in place of what could not be shown. */
  #fallBack() {
    const root = this.shadowRoot;
    if (!root || this.#handle) return;
    root.append(this.#slot);
    if (this.src && !this.textContent?.trim() && !this.#slot.hasChildNodes()) {
      const link = document.createElement('a');
      link.href = new URL(this.src, document.baseURI).href;
      link.textContent = this.src;
      link.part.add('fallback');
      // The slot's own content shows exactly while the element has none.
      this.#slot.append(link);
    }
  }

  /** @param {string} name @param {object} detail */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`policy-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** @returns {Options} */
  options() {
    return {};
  }

  /** @param {ShadowRoot} root @param {string} text @param {Options} options */
  show(root, text, options) {
    return wasm.render(root, text, options);
  }

  /** @param {Handle} _handle */
  shown(_handle) {}
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

/** `<policy-reader>`: card, contents, text. */
export class PolicyReader extends PolicyElement {
  static observedAttributes = [...PolicyElement.observedAttributes, 'view', 'open', 'highlight'];

  #arrive = () => {
    const id = decodeHash();
    if (id) this.goTo(id);
  };

  constructor() {
    super();
    // `toggle` does not bubble, but it can be heard on its way down.
    this.shadowRoot?.addEventListener(
      'toggle',
      (event) => {
        const section = event.target;
        if (section instanceof HTMLDetailsElement && section.dataset.id) {
          this.tell('toggle', { id: section.dataset.id, anchor: section.id, open: section.open });
        }
      },
      true,
    );
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#arrive);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#arrive);
  }

  /** `reader`, `outline` (without the card) or `card`. */
  get view() {
    return this.getAttribute('view') ?? 'reader';
  }
  set view(value) {
    this.setAttribute('view', value);
  }

  /** Sections that stand open at first: `none`, `1` or `all`. */
  get open() {
    return this.getAttribute('open') ?? '1';
  }
  set open(value) {
    this.setAttribute('open', value);
  }

  /** Highlights that are shown: any of `bold`, `sensitive`, `attention`. */
  get highlight() {
    return this.getAttribute('highlight') ?? 'bold sensitive attention';
  }
  set highlight(value) {
    this.setAttribute('highlight', value);
  }

  /** `auto`, `light` or `dark`. */
  get theme() {
    return this.getAttribute('theme') ?? 'auto';
  }
  set theme(value) {
    this.setAttribute('theme', value);
  }

  /** Opens every section. */
  expandAll() {
    this.handle?.expandAll();
  }

  /** Closes every section. */
  collapseAll() {
    this.handle?.collapseAll();
  }

  /**
   * Opens, scrolls to, focuses and flashes a section or clause.
   * @param {string} id an anchor, or an id of the analysis
   * @returns {boolean} false where there is none
   */
  goTo(id) {
    return this.handle?.goTo(id) ?? false;
  }

  /**
   * Finds text, goes to its first place and tells how many there are; `''` ends the search.
   * @param {string} text
   */
  search(text) {
    return this.handle?.search(text) ?? 0;
  }

  /** @param {string} name */
  changed(name) {
    if (name === 'highlight') this.handle?.highlight(this.highlight);
    else super.changed(name);
  }

  options() {
    return /** @type {Options} */ ({ view: this.view, open: this.open });
  }

  /** @param {Handle} handle */
  shown(handle) {
    if (this.hasAttribute('highlight')) handle.highlight(this.highlight);
    this.#arrive();
  }
}

/** The page's fragment, decoded where it can be. */
function decodeHash() {
  const hash = location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** `<policy-card>`: the card alone, its links lead to the page in `href`. */
export class PolicyCard extends PolicyElement {
  static observedAttributes = [...PolicyElement.observedAttributes, 'href'];

  /** Address of the page that shows the whole policy. */
  get href() {
    return this.getAttribute('href') ?? '';
  }
  set href(value) {
    this.setAttribute('href', value);
  }

  /** `auto`, `light` or `dark`. */
  get theme() {
    return this.getAttribute('theme') ?? 'auto';
  }
  set theme(value) {
    this.setAttribute('theme', value);
  }

  options() {
    return { href: this.href };
  }

  /** @param {ShadowRoot} root @param {string} text @param {Options} options */
  show(root, text, options) {
    return wasm.card(root, text, options);
  }
}
