/**
 * The element classes `<policy-reader>` and `<policy-card>`, and the plain functions beside them.
 *
 * Importing this file changes nothing in a page: define.js registers the elements. Node imports it too.
 */

import { PolicyElement } from './element.js';
import { wasm } from './engine.js';

export { addLabels, addTopics, analyze, cardHtml, load, readerHtml } from './engine.js';
export { PolicyError, decode, formatOf } from './source.js';

/** @import { Handle } from './policy_reader.js' */
/** @import { Options } from '../pkg/policy-reader.d.ts' */

/** Readers of a page in the order in which they came: which place is whose tells their fragments apart. @type {(PolicyReader | undefined)[]} */
const readers = [];

/** `<policy-reader>`: card, contents, text. */
export class PolicyReader extends PolicyElement {
  static observedAttributes = [...PolicyElement.observedAttributes, 'view', 'open', 'highlight'];

  #prefix = '';

  #arrive = () => {
    const id = decodeHash();
    if (id.startsWith(this.#prefix)) this.handle?.goTo(id);
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
    return /** @type {Options} */ ({ view: this.view, open: this.open, prefix: this.#prefix });
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

  options() {
    return { href: this.href };
  }

  /** @param {ShadowRoot} root @param {string} text @param {Options} options */
  show(root, text, options) {
    return wasm.card(root, text, options);
  }
}
