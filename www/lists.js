/**
 * What is fetched when somebody first asks for it: lists and checklist under their tabs (sorted, filtered, saved), and the
 * files to take away.
 *
 * A module of its own makes rows and files of the analysis (src/html/lists.rs, src/keep.rs); here they are put in order,
 * hidden and handed over.
 */

import { css } from './look.js';
import init, { Kept, addLabels } from './policy_lists.js';

/** @import { Analysis, Kind, List } from '../pkg/policy-reader.d.ts' */

/** Lines of data/ui that no first view shows, by language, a literal each. @type {Record<string, () => Promise<{ default: string }>>} */
const LABELS = {
  'zh-Hans': () => import('./labels/lists.zh-Hans.js'),
  'zh-Hant': () => import('./labels/lists.zh-Hant.js'),
  en: () => import('./labels/lists.en.js'),
};

/** @type {Record<Kind, [string, string]>} extension and type */
const FILES = {
  markdown: ['md', 'text/markdown'],
  html: ['html', 'text/html'],
  text: ['txt', 'text/plain'],
  json: ['json', 'application/json'],
  csv: ['csv', 'text/csv'],
};

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** @type {Promise<unknown> | undefined} */
let module;

/**
 * An analysis on its shelf: it can be shown as lists, and taken away as files.
 * @param {{ analysis: Analysis, lang: string, main: string | undefined, instantiate: (begin: typeof init, url: () => URL, copy: (inline: typeof import('./inline.js')) => BufferSource) => Promise<unknown> }} given
 *   `main`: the labels of the first view, where the module lacks them
 */
export async function open({ analysis, lang, main, instantiate }) {
  const url = () => new URL('policy_lists_bg.wasm', import.meta.url);
  module ??= instantiate(init, url, (inline) => inline.lists()).catch((error) => {
    module = undefined;
    throw error;
  });
  const [labels] = await Promise.all([LABELS[lang]?.(), module]);
  if (main) addLabels(lang, main);
  const own = labels?.default ?? '';
  addLabels(lang, own);
  const kept = new Kept(JSON.stringify(analysis), lang);
  const lines = own.split('\n').filter((line) => !line.startsWith('#'));
  const words = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  return {
    fill: (/** @type {Place} */ place) => fill(kept, words, place),
    file(/** @type {Kind} */ kind, /** @type {List | undefined} */ list, /** @type {string} */ look) {
      const text = kept.keep(kind, list ?? '');
      if (text === undefined) throw new TypeError(`there is no ${kind} of ${list || 'a policy'}`);
      return file(analysis, kind, text, look);
    },
  };
}

/** @typedef {{ root: ShadowRoot, panel: HTMLElement, name: string, prefix: string, save: (kind: Kind, list?: List) => void }} Place */

/**
 * Fills the panel of a tab.
 * @param {Kept} kept
 * @param {Map<string, string>} words
 * @param {Place} place
 */
function fill(kept, words, { root, panel, name, prefix, save }) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  panel.replaceChildren(made(JSON.parse(kept.pane(name, prefix))));
  if (name === 'checklist') return checks(panel);
  const say = (/** @type {string} */ key) => words.get(`lists.${key}`) ?? '';
  const tools = one(panel, '.list-tools');
  const parts = all(panel, 'section').map((part) => ({ part, own: listTools(part, say, save) }));
  const show = (/** @type {string} */ list) => {
    for (const tab of all(panel, '[role=tab]')) choose(tab, tab.dataset.list === list);
    for (const { part, own } of parts) part.hidden = own.hidden = part.dataset.list !== list;
  };
  for (const { own } of parts) tools.append(own);
  tools.addEventListener('click', ({ target }) => {
    const list = target instanceof Element && target.closest('[role=tab]');
    if (list instanceof HTMLElement && list.dataset.list) show(list.dataset.list);
  });
  show(one(panel, '[role=tab][aria-selected=true]').dataset.list ?? '');
}

/** @typedef {string | [string, Record<string, string>, ...Tree[]]} Tree */

/** A tree of the module's as nodes: names are the module's own, a policy's words become texts and values. @param {any} tree @returns {Node} */
function made(tree) {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const [tag, attributes, ...children] = tree;
  const element = node(tag, '', '', attributes);
  element.append(...children.map(made));
  return element;
}

/** @param {HTMLElement} tab @param {boolean} on */
function choose(tab, on) {
  tab.setAttribute('aria-selected', `${on}`);
  tab.tabIndex = on ? 0 : -1;
}

/**
 * What sorts, filters and saves one list.
 * @param {HTMLElement} part
 * @param {(key: string) => string} say
 * @param {(kind: Kind, list?: List) => void} save
 */
function listTools(part, say, save) {
  const tools = node('div', 'end');
  const list = /** @type {List} */ (part.dataset.list);
  const rows = all(part, 'tbody tr');
  if (rows.length > 1) {
    const { filter, sort } = order(part, rows, say);
    tools.append(...filter, sort);
  }
  const menu = node('details', 'marks');
  const choices = node('div', 'legend');
  const group = (/** @type {string} */ title, /** @type {[Kind, string, List | undefined][]} */ entries) => {
    choices.append(node('p', 'menu-title', say(`save.${title}`)));
    for (const [kind, key, of] of entries) {
      const button = node('button', 'switch', say(`as.${key}`), { type: 'button', 'aria-label': `${say(`save.${title}`)}: ${say(`as.${key}`)}`, 'data-save': kind }); // prettier-ignore
      button.addEventListener('click', () => {
        save(kind, of);
        menu.removeAttribute('open');
        one(menu, 'summary').focus();
      });
      choices.append(button);
    }
  };
  if (rows.length) group('list', [['csv', 'csv', list], ['markdown', 'markdown', list], ['json', 'json', list]]); // prettier-ignore
  group('text', [['markdown', 'markdown', undefined], ['text', 'text', undefined], ['html', 'html', undefined], ['json', 'all', undefined]]); // prettier-ignore
  menu.append(node('summary', 'btn', say('save')), choices);
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.hasAttribute('open')) return;
    menu.removeAttribute('open');
    one(menu, 'summary').focus();
  });
  tools.append(menu);
  return tools;
}

/** What a cell sorts and filters by. @param {Element} row @param {number} at */
const text = (row, at) => row.children[at]?.querySelector(':not(.open)')?.textContent ?? '';

/**
 * Rows in another order, and fewer of them.
 * @param {HTMLElement} part
 * @param {HTMLElement[]} rows
 * @param {(key: string) => string} say
 */
function order(part, rows, say) {
  const heads = all(part, 'thead th');
  const body = one(part, 'tbody');
  const collator = new Intl.Collator(part.closest('[lang]')?.getAttribute('lang') ?? 'zh', { numeric: true });
  const count = node('p', 'shown', '', { role: 'status' });
  one(part, '.listed').before(count);
  const words = node('input', 'words', '', { type: 'search', placeholder: say('filter.words'), 'aria-label': say('filter') }); // prettier-ignore
  const kinds = select(say('filter.all'), say('filter.all'));
  const at = heads.findIndex((head) => ['category', 'platform', 'system'].includes(key(head)));
  const values = at < 0 ? [] : [...new Set(rows.map((row) => text(row, at)))].filter(Boolean);
  for (const value of values.sort(collator.compare)) kinds.append(node('option', '', value));
  const filter = () => {
    const [wanted, kind] = [words.value.trim().toLowerCase(), kinds.selectedIndex > 0 ? kinds.value : ''];
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent?.toLowerCase().includes(wanted) || (kind !== '' && text(row, at) !== kind);
      shown += row.hidden ? 0 : 1;
    }
    count.textContent =
      shown === rows.length ? '' : say('shown').replace('{count}', `${shown}`).replace('{total}', `${rows.length}`);
  };
  words.addEventListener('input', filter);
  kinds.addEventListener('change', filter);

  const sort = select(say('sort'), say('sort.text'));
  heads.filter(key).forEach((head) => sort.append(node('option', '', head.textContent ?? '', { value: key(head) })));
  const arrange = (/** @type {string} */ by, down = false) => {
    const column = heads.findIndex((head) => key(head) === by);
    const sorted = by ? [...rows].sort((a, b) => compare(text(a, column), text(b, column), collator)) : rows;
    body.append(...(down ? sorted.reverse() : sorted));
    for (const head of heads) head.removeAttribute('aria-sort');
    if (by) heads[column]?.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    sort.value = by;
  };
  sort.addEventListener('change', () => arrange(sort.value));
  one(part, 'thead').addEventListener('click', ({ target }) => {
    const head = target instanceof Element && target.closest('th');
    const by = head && key(head);
    // Once up, once down, then as the text has it.
    if (by) arrange(head.ariaSort === 'descending' ? '' : by, head.ariaSort === 'ascending');
  });
  return { filter: values.length > 1 ? [words, kinds] : [words], sort };
}

/** What is left open stands last. @param {string} a @param {string} b @param {Intl.Collator} collator */
const compare = (a, b, collator) => (a && b ? collator.compare(a, b) : a ? -1 : b ? 1 : 0);

/** @param {Element} head */
const key = (head) => head.querySelector('button')?.dataset.sort ?? '';

/** Shows the entries of one verdict. @param {HTMLElement} panel */
function checks(panel) {
  panel.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest('button[data-verdict]');
    if (!(button instanceof HTMLElement)) return;
    const { verdict } = button.dataset;
    for (const other of all(panel, 'button[data-verdict]')) other.setAttribute('aria-pressed', `${other === button}`);
    for (const item of all(panel, 'li')) item.hidden = Boolean(verdict) && item.dataset.verdict !== verdict;
  });
}

/**
 * A file's text, type and name.
 * @param {Analysis} analysis
 * @param {Kind} kind
 * @param {string} text
 * @param {string} look the reader's style sheet
 */
function file({ meta: { title, language } }, kind, text, look) {
  const [extension, type] = FILES[kind];
  const name = (title || 'policy').replace(/[\\/:*?"<>|\s]+/g, '-');
  const safe = (/** @type {string} */ words) => words.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const page =
    `<!doctype html><html lang="${safe(language)}"><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<meta name="viewport" content="width=device-width"><title>${safe(title)}</title>` +
    `<style>body{margin:0 auto;max-width:76em;container:policy/inline-size}${look}${css}</style>${text}</html>\n`;
  return { text: kind === 'html' ? page : text, type: `${type};charset=utf-8`, name: `${name}.${extension}` };
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
const all = (root, selector) => [...root.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));

/** What is there, by the module's own markup. @param {ParentNode} root @param {string} selector */
const one = (root, selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

/** @param {string} label @param {string} first */
function select(label, first) {
  const field = node('select', 'btn', '', { 'aria-label': label });
  field.append(node('option', '', first, { value: '' }));
  return field;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [name]
 * @param {string} [text]
 * @param {Record<string, string>} [attributes]
 */
function node(tag, name = '', text = '', attributes = {}) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
