// tests/pages/*.html in a real Chromium, under the strict policy → what tests/pages.rs expects of them natively.
//
// Each page is read twice: fetched through `src`, and from the element's light DOM, as the browser's own parser made it of
// the page's body. Formats: tests/cases/README.md; the comparison is that of tests/common/mod.rs.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browse, ROOT } from './harness.mjs';

/** @import { Analysis, PolicyReader } from '../../pkg/policy-reader.d.ts' */

const site = browse();
const folder = join(ROOT, 'tests/pages');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.slice(0, -'.html'.length));

/** Without white space, widths and cases: how texts are compared. @param {string} text */
function bare(text) {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b-\u200d\u2060\ufeff]/g, '');
}

/** The sections of a file: name and lines. @param {string} text */
function parse(text) {
  /** @type {{ name: string, lines: string[] }[]} */
  const sections = [];
  for (const line of text.split('\n')) {
    const opened = /^--- (title|outline|contents|noise|clauses|bold|table)$/.exec(line);
    if (opened?.[1]) sections.push({ name: opened[1], lines: [] });
    else if (line.trim()) sections.at(-1)?.lines.push(line);
  }
  return sections;
}

/**
 * Where an analysis is not what a file says, a line each.
 * @param {string} expected
 * @param {Analysis} analysis
 */
function differences(expected, analysis) {
  /** @type {string[]} */
  const out = [];
  const texts = analysis.clauses.map((clause) => bare(clause.text));
  const tables = parse(expected).filter(({ name }) => name === 'table');
  if (tables.length && tables.length !== analysis.tables.length) out.push(`${analysis.tables.length} tables`);
  for (const { name, lines } of parse(expected)) {
    if (name === 'title' && bare(analysis.meta.title) !== bare(lines.join('')))
      out.push(`title: ${analysis.meta.title}`);
    if (name === 'outline') out.push(...outline(lines, analysis));
    if (name === 'bold') out.push(...bold(lines, analysis));
    if (name === 'clauses') {
      out.push(...lines.filter((line) => !texts.includes(bare(line))).map((line) => `no clause: ${line}`));
    }
    if (name === 'contents' || name === 'noise') {
      const aside = analysis.aside[name].map(bare).join('');
      for (const line of lines.map(bare)) {
        if (!aside.includes(line)) out.push(`not in ${name}: ${line}`);
        if (texts.some((text) => text === line || ([...line].length > 12 && text.includes(line)))) out.push(`in a clause: ${line}`); // prettier-ignore
      }
    }
  }
  tables.forEach(({ lines }, index) => {
    const found = analysis.tables[index];
    const rows = found ? [found.columns, ...found.rows].map((row) => row.map(bare).join('|')) : [];
    const wanted = lines.map((line) => bare(line));
    if (wanted.join('\n') !== rows.join('\n')) out.push(`table ${index}: ${rows.join(' / ')} instead of ${wanted.join(' / ')}`); // prettier-ignore
  });
  const { source, placed } = analysis.coverage;
  if (source !== placed) out.push(`coverage: ${placed} of ${source}`);
  return out;
}

/** @param {string[]} wanted @param {Analysis} analysis */
function outline(wanted, analysis) {
  const found = analysis.sections.filter((section) => !section.implicit);
  const lines = found.map(({ level, number, title }) => [level, bare(number), bare(title)].join('\t'));
  let next = 0;
  for (const line of wanted) {
    const [level = '', number = '', title = ''] = line.split('\t');
    if (lines[next] === [level.replace('?', ''), bare(number), bare(title)].join('\t')) next++;
    else if (!level.startsWith('?')) return [`outline: ${lines[next]} instead of ${line}`];
  }
  return lines.slice(next).map((line) => `outline: ${line} too much`);
}

/** @param {string[]} wanted @param {Analysis} analysis */
function bold(wanted, analysis) {
  const runs = analysis.clauses.flatMap((clause) =>
    clause.bold.map(([start, end]) => clause.text.slice(Math.min(Math.max(start, clause.shown ?? 0), end), end)),
  );
  const [all, expected] = [runs.map(bare).join(''), wanted.map(bare).join('')];
  return all === expected ? [] : [`bold: ${all} instead of ${expected}`];
}

/**
 * What the page's element reads: the file at `src`, or its content.
 * @param {string} src
 */
async function analysis(src) {
  const reader = /** @type {PolicyReader} */ (document.querySelector('policy-reader'));
  if (src || !reader.analysis) {
    await new Promise((resolve, reject) => {
      reader.addEventListener('policy-ready', resolve, { once: true });
      reader.addEventListener('policy-error', (event) => reader.analysis ? resolve(event) : reject(/** @type {CustomEvent} */ (event).detail.error), { once: true }); // prettier-ignore
      if (src) reader.src = src;
    });
  }
  return reader.analysis;
}

/** A page with the element around some content. @param {string} content */
function around(content) {
  return (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title>' +
    `<script type="module" src="pkg/define.js"></script><policy-reader open="none">${content}</policy-reader>`
  );
}

for (const way of /** @type {const} */ (['src', 'light DOM'])) {
  test(`${names.length} pages from ${way} read as they do natively`, { timeout: 240_000 }, async () => {
    assert.ok(names.length >= 40);
    const { page, problems } = await site.page();
    await page.route('**/pages/*', (route) => {
      const name = decodeURIComponent(new URL(route.request().url()).pathname.split('/').pop() ?? '');
      return route.fulfill({ body: readFileSync(join(folder, name)), contentType: 'text/html; charset=utf-8' });
    });
    if (way === 'src') await page.goto(await site.put(page, 'own.html', around('')));
    /** @type {Record<string, string[]>} */
    const wrong = {};
    for (const name of names) {
      if (way === 'light DOM') {
        const text = readFileSync(join(folder, `${name}.html`), 'utf8');
        const body = /<body[^>]*>([\s\S]*)$/i.exec(text)?.[1]?.replace(/<\/(body|html)\s*>/gi, '') ?? text;
        await page.goto(await site.put(page, 'own.html', around(body)));
      }
      const src = way === 'src' ? `pages/${name}.html` : '';
      const seen = /** @type {Analysis} */ (await page.evaluate(analysis, src));
      const found = differences(readFileSync(join(folder, `${name}.expect`), 'utf8'), seen);
      if (found.length) wrong[name] = found;
    }
    assert.deepEqual(wrong, {});
    // The bodies hold scripts and styles that the policy refuses, and says so: only ours must be silent.
    assert.deepEqual(way === 'src' ? problems : problems.filter((problem) => problem.startsWith('uncaught')), []);
  });
}
