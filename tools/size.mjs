// What the demo page loads → Brotli-11 bytes of each file and in total; fails above the limit.
//
// usage: node tools/size.mjs [--json]
// The files are found as a browser finds them: from index.html, every quoted name of a script, style or module that is a
// file, and so on from there. tests/browser/smoke.test.mjs compares the list with what Chromium asks for.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// The aim, and what fails: practices, facts and the two-tier card had taken the page to 374,530 bytes at dc569f8,
// contexts and points that read practices to 426,632 at f484f8e, what cases nobody had seen asked for to 463,831 at
// 5595e02, what readers of unseen policies found to 486,683 at a8ef191, what sweeps of single claims over 186 policies
// found to 504,900 at c65ef41, places as roles, whole lists and what readers of 53 policies want pointed out to 528,180 at
// 35e4837 (522,868 without Unicode's small letters), and who may do what, purposes told whole and seven points to 531,569 at
// 5408f1a, 530,526 at 4b05e98. The limit keeps it from growing on the way back to the aim.
const AIM = 260_000;
const BUDGET = 531_000;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} file @returns {string[]} the local scripts, styles and modules that it names */
function named(file) {
  if (file.endsWith('.wasm')) return [];
  // Comments name files too (an example of embedding, say), but load nothing.
  const text = readFileSync(file, 'utf8')
    .replace(/<!--.*?-->/gs, '')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const names = [...text.matchAll(/["'`(]([\w./-]+\.(?:js|css|wasm))["'`)]/g)].map((match) => match[1]);
  const paths = names.map((name) => join(dirname(file), name)).filter((path) => existsSync(path));
  return paths.filter((path) => !LATER.includes(relative(ROOT, path)));
}

/** @returns {string[]} every file that the demo page loads, the page first */
export function loaded() {
  const files = [join(ROOT, 'index.html')];
  for (const file of files) for (const next of named(file)) if (!files.includes(next)) files.push(next);
  return files;
}

/** What is fetched only when a page asks for it: lists and checklist, topics, labels in another language than the built-in
 * one, and the copy of the module for tools that lose its file. */
export const LATER = [
  ...['lists.js', 'policy_lists.js', 'policy_lists_bg.wasm'].map((file) => `pkg/${file}`),
  ...['zh-Hans', 'zh-Hant', 'en'].map((lang) => `pkg/labels/lists.${lang}.js`),
  'pkg/topics.bin',
  'pkg/labels/zh-Hant.js',
  'pkg/labels/en.js',
  'pkg/inline.js',
];

/** What a page may load instead of all the rest. */
const WHOLE = ['pkg/policy-reader.standalone.js'];

/** @param {string} file */
function measured(file) {
  const raw = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  return { file: relative(ROOT, file), raw: raw.length, brotli: brotliCompressSync(raw, { params }).length };
}

function main() {
  if (!existsSync(join(ROOT, 'pkg/policy_reader_bg.wasm'))) throw new Error('pkg/ is not built: cargo xtask build');
  const rows = loaded().map(measured);
  const [later, whole] = [LATER, WHOLE].map((files) => files.map((file) => measured(join(ROOT, file))));
  if (!rows.some((row) => row.file.endsWith('.wasm'))) throw new Error('index.html leads to no module');
  const total = rows.reduce((sum, row) => sum + row.brotli, 0);
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ rows, total, later, whole, budget: BUDGET }));
  } else {
    const line = (/** @type {(string | number)[]} */ ...cells) =>
      console.log(String(cells[0]).padEnd(36), String(cells[1]).padStart(9), String(cells[2]).padStart(9));
    line('file', 'bytes', 'Brotli');
    for (const row of rows) line(row.file, row.raw, row.brotli);
    line('total', rows.reduce((sum, row) => sum + row.raw, 0), total); // prettier-ignore
    for (const row of later ?? []) line(`  on demand: ${row.file}`, row.raw, row.brotli);
    for (const row of whole ?? []) line(`  in one file: ${row.file}`, row.raw, row.brotli);
    console.log(
      `limit ${BUDGET}: ${((100 * total) / BUDGET).toFixed(1)} % used; the aim is ${AIM}: over it by ${total - AIM}`,
    );
  }
  if (total > BUDGET) {
    console.error(`over the budget by ${total - BUDGET} bytes`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
