/**
 * The element classes `<policy-reader>` and `<policy-card>`, and the plain functions beside them.
 *
 * Importing this file changes nothing in a page: define.js registers the elements. Node imports it too.
 */

import { PolicyElement, SLICE, node, say } from './element.js';
import { saved, shelf } from './engine.js';

export { addLabels, addTopics, analyze, cardHtml, listsCsv, load, readerHtml, saved } from './engine.js';
export { PolicyError, decode, formatOf } from './source.js';

/** @import { Handle } from './policy_reader.js' */
/** @import { Kind, List, Options, Tab } from '../pkg/policy-reader.d.ts' */

/** Readers of a page in the order in which they came: which place is whose tells their fragments apart. @type {(PolicyReader | undefined)[]} */
const readers = [];

/** `<policy-reader>`: card, contents, text. */
export class PolicyReader extends PolicyElement {
  static observedAttributes = [...PolicyElement.observedAttributes, 'view', 'open', 'highlight', 'standard'];

  #prefix = '';

  constructor() {
    super();
    // The root is the element's own: both go together.
    this.shadowRoot?.addEventListener('click', this.#tabbed);
    this.shadowRoot?.addEventListener('keydown', this.#moved);
  }

  #arrive = () => {
    const id = decodeHash();
    if (id.startsWith(this.#prefix) && this.handle?.goTo(id)) return;
    const place = this.#placed(id);
    if (place) this.handle?.goTo(place);
  };

  /**
   * The page's own anchors into the text between the tags, which is out of sight now: the section or clause that stands
   * where such an anchor is.
   * @param {string} id
   */
  #placed(id) {
    const target = id ? document.getElementById(id) : null;
    if (!target || !this.contains(target) || !this.analysis) return undefined;
    const range = document.createRange();
    range.setStartBefore(target);
    range.setEndAfter(this);
    const bare = (/** @type {string} */ text) => text.replace(/\s+/g, '');
    const here = bare(range.toString().slice(0, 2000));
    const starts = (/** @type {string} */ text) => bare(text) !== '' && here.startsWith(bare(text).slice(0, 40));
    const { sections, clauses } = this.analysis;
    return (sections.find(({ mark, title }) => starts(mark + title)) ?? clauses.find(({ text }) => starts(text)))?.id;
  }

  connectedCallback() {
    // The first one's fragments are plain, as are those that a card on another page leads to.
    const place = readers.includes(undefined) ? readers.indexOf(undefined) : readers.length;
    readers[place] = this;
    this.#prefix = place ? `${this.id || `policy-${place + 1}`}-` : '';
    super.connectedCallback();
    addEventListener('hashchange', this.#arrive);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#arrive);
    const place = readers.indexOf(this);
    if (place >= 0) readers[place] = undefined;
  }

  /** `reader`, `outline` (without the card) or `card`. */
  get view() {
    return this.getAttribute('view') ?? 'reader';
  }
  set view(value) {
    this.setAttribute('view', value);
  }

  /** Sections that stand open at first: `none`, `1` or `all`; without it, those of a short policy. */
  get open() {
    return this.getAttribute('open') ?? '';
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

  /** By which standard something is sensitive: `both` (the law or any), `gbt-35273`, `gbt-45574`. */
  get standard() {
    return this.getAttribute('standard') ?? 'both';
  }
  set standard(value) {
    this.setAttribute('standard', value);
  }

  /**
   * Saves what is shown: `markdown`, `html`, `text`, `json` (the analysis), `csv` (the lists); or one list alone.
   * @param {Kind} kind
   * @param {List} [list]
   */
  async download(kind, list) {
    const { analysis } = this;
    if (!analysis) return;
    const { text, type, name } = await saved(analysis, kind, list, this.handle && this.#lang());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The language of the labels that are shown. */
  #lang() {
    return this.shadowRoot?.querySelector('.reader')?.getAttribute('lang') ?? '';
  }

  /** What is shown below the card: `text`, `lists` or `checklist`. */
  get tab() {
    const reader = /** @type {HTMLElement | null} */ (this.shadowRoot?.querySelector('.reader'));
    return /** @type {Tab} */ (reader?.dataset.shows ?? 'text');
  }
  set tab(name) {
    void this.#turn(name);
  }

  /** The tabs below the card, and the panels that belong to them. */
  #tabs() {
    const root = this.shadowRoot;
    const row = /** @type {HTMLElement | null | undefined} */ (root?.querySelector('.tabs'));
    const text = root?.querySelector('.text');
    if (!row || !text) return;
    const words = say(this.#lang());
    const [rows, stated, asked] = row.dataset.counts?.split(' ') ?? [];
    row.setAttribute('role', 'tablist');
    row.setAttribute('aria-label', words('tab.label'));
    let last = text;
    for (const [name, count] of Object.entries({ text: '', lists: rows, checklist: `${stated}/${asked}` })) {
      /** @type {Element} */
      const panel = name === 'text' ? text : node('div', 'pane', '', { id: `${this.#prefix}policy-${name}` });
      if (panel !== text) last.after(panel);
      last = panel;
      const [id, type] = [`${panel.id}-tab`, 'button'];
      const own = { type, id, role: 'tab', 'data-tab': name, 'aria-controls': panel.id };
      const tab = node('button', '', words(`tab.${name}`), own);
      if (count) tab.append(' ', node('span', 'num', count));
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', id);
      row.append(tab);
    }
    void this.#turn('text');
  }

  /** What the other tabs hold is fetched and made when one is first chosen. @param {string} name */
  async #turn(name) {
    const root = this.shadowRoot;
    const reader = root?.querySelector('.reader');
    if (!root || !(reader instanceof HTMLElement) || name === reader.dataset.shows) return;
    if (!reader.querySelector(`[data-tab="${CSS.escape(name)}"]`)) return;
    reader.dataset.shows = name;
    let panel;
    for (const tab of tabs(reader)) {
      const chosen = tab.dataset.tab === name;
      tab.setAttribute('aria-selected', `${chosen}`);
      tab.tabIndex = chosen ? 0 : -1;
      const own = root.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (own) own.hidden = !chosen;
      if (chosen) panel = own;
    }
    const { analysis, handle } = this;
    if (name === 'text' || !panel || panel.firstChild || !analysis) return;
    try {
      const kept = await shelf(analysis, reader.lang);
      const save = (/** @type {Kind} */ kind, /** @type {List | undefined} */ list) => void this.download(kind, list);
      // Another text may have come meanwhile.
      if (handle === this.handle) kept.fill({ root, panel, name, prefix: this.#prefix, save });
    } catch {
      panel.textContent = say(reader.lang)('module');
    }
  }

  /** @param {Event} event */
  #tabbed = ({ target }) => {
    const tab = target instanceof Element ? target.closest('.tabs [role=tab]') : null;
    if (tab instanceof HTMLElement) void this.#turn(tab.dataset.tab ?? '');
  };

  /** In a row of tabs the arrows move; only one of them is in the order of the keyboard. @param {Event} event */
  #moved = (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    const row = target instanceof Element ? target.closest('[role=tablist]') : null;
    const all = row ? tabs(row) : [];
    const at = all.findIndex((tab) => tab === target);
    const step = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: -1 }[key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all.at(to % all.length);
    next?.focus();
    next?.click();
  };

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
    return this.handle?.search(text, true) ?? 0;
  }

  /** @param {string} name */
  changed(name) {
    if (name === 'highlight') this.handle?.highlight(this.highlight);
    else super.changed(name);
  }

  options() {
    const tell = (/** @type {string} */ what, /** @type {string} */ id, /** @type {any} */ more) =>
      this.#heard(what, id, more);
    return /** @type {Options} */ ({
      view: this.view,
      open: this.open,
      standard: this.standard,
      prefix: this.#prefix,
      tell,
    });
  }

  /** What a person did in the reader. @param {string} what @param {string} id @param {any} more */
  #heard(what, id, more) {
    const section = this.shadowRoot?.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (what === 'copy') {
      const url = new URL(location.href);
      url.hash = id;
      void navigator.clipboard?.writeText(url.href).catch(() => {});
    } else if (what === 'toggle') this.tell(what, { id, anchor: section?.id ?? '', open: more });
    else if (what === 'section-view') this.tell(what, { id, anchor: section?.id ?? '' });
    else if (what === 'text') this.tab = what;
    else if (what === 'search') this.tell(what, { text: id, count: more });
    else this.tell(what, {});
  }

  /** What a person opened, switched and looked for. @param {ShadowRoot} root */
  keep(root) {
    const all = (/** @type {string} */ selector) => [...root.querySelectorAll(selector)];
    const id = (/** @type {Element} */ button) => button.closest('.section')?.getAttribute('data-id') ?? '';
    const switches = all('[data-switch]');
    const on = switches.filter((button) => button.getAttribute('aria-pressed') === 'true');
    const input = /** @type {HTMLInputElement | null} */ (root.querySelector('input[type=search]'));
    return {
      asked: this.open,
      open: all('.head [aria-expanded=true]').map(id).join(' '),
      on: switches.length > on.length ? on.map((button) => button.getAttribute('data-switch')).join(' ') : undefined,
      more: Boolean(root.querySelector('.all[open]')),
      text: input?.value ?? '',
      tab: this.tab,
    };
  }

  /** @param {Handle} handle @param {ReturnType<PolicyReader['keep']>} [kept] */
  shown(handle, kept) {
    this.#tabs();
    if (this.hasAttribute('highlight')) handle.highlight(this.highlight);
    if (kept) {
      if (kept.asked === this.open) handle.open(kept.open);
      if (kept.on !== undefined) handle.highlight(kept.on);
      if (kept.more) this.shadowRoot?.querySelector('.all')?.setAttribute('open', '');
      if (kept.text) handle.search(kept.text, false);
      if (kept.tab !== 'text') this.tab = kept.tab;
    } else this.#arrive();
    this.#fill(handle);
  }

  /** Makes what closed sections hold, a part at a time, so that the page answers in between. @param {Handle} handle */
  #fill(handle) {
    const work = () => {
      const until = performance.now() + SLICE;
      while (this.handle === handle) {
        if (!handle.fill()) return;
        if (performance.now() > until) return later();
      }
    };
    const later = () => void (globalThis.requestIdleCallback ?? setTimeout)(work);
    later();
  }
}

/** @param {Element} row @returns {HTMLElement[]} */
const tabs = (row) =>
  [...row.querySelectorAll(row.matches('.reader') ? '.tabs > [role=tab]' : '[role=tab]')].map(
    (tab) => /** @type {HTMLElement} */ (tab),
  );

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
  static observedAttributes = [...PolicyElement.observedAttributes, 'href', 'compact'];

  /** Address of the page that shows the whole policy. */
  get href() {
    return this.getAttribute('href') ?? '';
  }
  set href(value) {
    this.setAttribute('href', value);
  }

  /** The first tier alone, beside a form. */
  get compact() {
    return this.hasAttribute('compact');
  }
  set compact(value) {
    this.toggleAttribute('compact', Boolean(value));
  }

  options() {
    return /** @type {Options} */ ({ view: 'card', href: this.href, compact: this.compact });
  }
}
