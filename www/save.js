/**
 * An analysis → files to keep: the text as Markdown, as a page or plain, the lists as a table, or all of it as JSON.
 */

/** @import { Analysis, Clause, Kind, Section } from '../pkg/policy-reader.d.ts' */

/** @type {Record<Kind, [string, string]>} extension and type */
const FILES = {
  markdown: ['md', 'text/markdown'],
  html: ['html', 'text/html'],
  text: ['txt', 'text/plain'],
  json: ['json', 'application/json'],
  csv: ['csv', 'text/csv'],
};

/**
 * A file's text, type and name.
 * @param {Analysis} analysis
 * @param {Kind} kind
 */
export function saved(analysis, kind) {
  const [extension, type] = FILES[kind] ?? FILES.text;
  const makers = {
    markdown,
    html,
    text: plain,
    json: (/** @type {Analysis} */ a) => JSON.stringify(a, null, 1),
    csv: listsCsv,
  };
  const title = (analysis.meta.title || 'policy').replace(/[\\/:*?"<>|\s]+/g, '-');
  return { text: (makers[kind] ?? plain)(analysis), type: `${type};charset=utf-8`, name: `${title}.${extension}` };
}

/**
 * What is collected, who gets it and which permissions are asked for, one row each, for a table's program.
 * @param {Analysis} analysis
 */
export function listsCsv({ facts }) {
  const rows = [['list', 'name', 'category', 'company', 'purpose', 'data', 'required', 'platform', 'link']];
  for (const item of facts.data_items) {
    rows.push([
      'collected',
      item.item,
      item.category,
      '',
      item.purpose ?? '',
      '',
      said(item.required),
      item.platform ?? '',
      '',
    ]);
  }
  for (const party of facts.third_parties) {
    rows.push(['third party', party.name, '', party.company ?? '', party.purpose ?? '', party.data ?? '', '', party.platform ?? '', party.url ?? '']); // prettier-ignore
  }
  for (const right of facts.permissions) {
    rows.push(['permission', right.name, '', '', right.purpose ?? '', '', said(right.required), right.os ?? '', '']);
  }
  // The byte order mark: without it some programs take UTF-8 for something else. A cell that begins like a formula is none.
  const cell = (/** @type {string} */ text) => `"${text.replace(/^(?=[=+@\t\r-])/, "'").replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** @param {boolean | null} known */
const said = (known) => (known === null ? '' : known ? 'yes' : 'no');

/** Sections in reading order, with their own clauses, block by block. @param {Analysis} analysis */
function* parts({ sections, clauses, tables }) {
  /** @type {Map<string, Clause[]>} */
  const own = new Map();
  for (const clause of clauses) own.set(clause.section, [...(own.get(clause.section) ?? []), clause]);
  for (const section of sections) {
    /** @type {{ text: string[], table?: string[][] }[]} */
    const blocks = [];
    let last = -1;
    for (const clause of own.get(section.id) ?? []) {
      const [table, row] = clause.row ?? [];
      const known = table === undefined ? undefined : tables[table];
      if (known && row === 0) blocks.push({ text: [], table: [known.columns, ...known.rows] });
      else if (!known && clause.block === last) blocks.at(-1)?.text.push(clause.text);
      else if (!known) blocks.push({ text: [clause.text] });
      last = clause.block;
    }
    yield { section, blocks };
  }
}

/** @param {Section} section */
const heading = (section) => `${section.mark}${section.title}`.trim();

/** @param {Analysis} analysis */
function plain(analysis) {
  const out = [analysis.meta.title];
  for (const { section, blocks } of parts(analysis)) {
    if (heading(section)) out.push(heading(section));
    for (const { text, table } of blocks) {
      out.push(table ? table.map((row) => row.join(' | ')).join('\n') : text.join(''));
    }
  }
  return `${out.filter(Boolean).join('\n\n')}\n`;
}

/** @param {Analysis} analysis */
function markdown(analysis) {
  const safe = (/** @type {string} */ text) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
  const out = [`# ${safe(analysis.meta.title)}`];
  for (const { section, blocks } of parts(analysis)) {
    if (heading(section)) out.push(`${'#'.repeat(Math.min(section.level + 1, 6))} ${safe(heading(section))}`);
    for (const { text, table } of blocks) {
      if (!table) out.push(text.map(safe).join(''));
      else {
        const [head = [], ...rows] = table.map((row) => `| ${row.map(safe).join(' | ')} |`);
        out.push([head, `|${' --- |'.repeat(table[0]?.length ?? 1)}`, ...rows].join('\n'));
      }
    }
  }
  return `${out.join('\n\n')}\n`;
}

/** @param {Analysis} analysis */
function html(analysis) {
  const safe = (/** @type {string} */ text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const { title, language } = analysis.meta;
  const out = [`<!doctype html><html lang="${safe(language)}"><meta charset="utf-8"><title>${safe(title)}</title><h1>${safe(title)}</h1>`]; // prettier-ignore
  for (const { section, blocks } of parts(analysis)) {
    const tag = `h${Math.min(section.level + 1, 6)}`;
    if (heading(section)) out.push(`<${tag} id="${safe(section.anchor)}">${safe(heading(section))}</${tag}>`);
    for (const { text, table } of blocks) {
      if (!table) out.push(`<p>${text.map(safe).join('')}</p>`);
      else out.push(`<table>${table.map((row) => `<tr>${row.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`).join('')}</table>`); // prettier-ignore
    }
  }
  return `${out.join('\n')}\n`;
}
