// The module of pkg/ → how long its whole analysis takes in Node, beside Markdown renderers that merely render.
//
// `cargo xtask bench --node`. All of them read the same texts in one process, in turns, so that a busy machine slows each
// alike; a figure is the median of the turns. The texts: ../shared/seeds, or www/samples where there is no corpus.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import * as md4w from 'md4w';
import * as reader from '../pkg/policy_reader.js';

const TURNS = 15;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @returns {{ name: string, text: string }[]} */
function policies() {
  const seeds = join(ROOT, '../shared/seeds');
  const folder = existsSync(seeds) ? seeds : join(ROOT, 'www/samples');
  const names = readdirSync(folder).filter((name) => /\.(md|txt|html)$/.test(name));
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

await reader.default({ module_or_path: readFileSync(join(ROOT, 'pkg/policy_reader_bg.wasm')) });
// md4w takes its module by name from its own package; "fast" is the build that it recommends for servers.
await md4w.init('fast');
const markdownIt = new MarkdownIt();

/** @type {[string, (text: string) => unknown][]} */
const programs = [
  ['policy-reader', (text) => reader.analyze(text, {})],
  ['marked', (text) => marked.parse(text)],
  ['markdown-it', (text) => markdownIt.render(text)],
  ['md4w', (text) => md4w.mdToHtml(text)],
];

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

const texts = policies();
const totals = new Map(programs.map(([name]) => [name, 0]));
let bytes = 0;
console.log('policy'.padEnd(28), 'bytes'.padStart(9), ...programs.map(([name]) => `${name} ms`.padStart(17)));
for (const { name, text } of texts) {
  const times = programs.map(() => /** @type {number[]} */ ([]));
  // The first turns are for the compilers behind JavaScript and WebAssembly to settle; they are not counted.
  for (let turn = -5; turn < TURNS; turn++) {
    programs.forEach(([, run], index) => {
      const start = performance.now();
      run(text);
      if (turn >= 0) times[index]?.push(performance.now() - start);
    });
  }
  const size = Buffer.byteLength(text);
  bytes += size;
  programs.forEach(([program], index) => {
    totals.set(program, (totals.get(program) ?? 0) + median(times[index] ?? []));
  });
  console.log(name.padEnd(28), String(size).padStart(9), ...times.map((runs) => median(runs).toFixed(2).padStart(17)));
}
const own = totals.get('policy-reader') ?? 0;
console.log(`\nin all, over ${bytes} bytes:`);
for (const [name, time] of totals) {
  const rate = (bytes / 1e3 / time).toFixed(1);
  console.log(
    `${name.padEnd(14)} ${time.toFixed(2).padStart(9)} ms ${rate.padStart(7)} MB/s` +
      (name === 'policy-reader' ? '' : `   the analysis takes ${(own / time).toFixed(2)} times as long`),
  );
}
