// pkg/ as npm users get it → its manifest, types and documentation say what its files do; its functions run in Node.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './harness.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

/**
 * Checked by the compiler: the hand-written types are those of the script.
 * @type {(script: typeof import('../../www/policy-reader.js')) => typeof import('../../pkg/policy-reader.d.ts')}
 */
export const declared = (script) => script;

test('the manifest names every attribute, part and custom property that there is, and no other', () => {
  const manifest = JSON.parse(read('pkg/custom-elements.json'));
  const [reader, card] = manifest.modules[0].declarations;
  const names = (/** @type {{ name: string }[]} */ list) => list.map((entry) => entry.name).sort();
  const unique = (/** @type {Iterable<string>} */ found) => [...new Set(found)].sort();
  const all = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].map((m) => m[1] ?? m[2] ?? ''); // prettier-ignore

  const css = read('www/reader.css');
  assert.deepEqual(names(reader.cssProperties), unique(all(css, /var\(\s*(--policy-[a-z-]+)/g)));

  const rust = ['html.rs', 'html/card.rs', 'html/outline.rs', 'html/tools.rs', 'html/tell.rs']
    .map((file) => read(`src/${file}`))
    .join();
  const script = ['policy-reader', 'element', 'source', 'engine'].map((file) => read(`www/${file}.js`)).join();
  const parts = [
    ...all(rust, /with\("part", "([a-z]+)"\)|notice\(index, look, "([a-z]+)"/g),
    ...all(script, /part\.add\('([a-z]+)'\)/g),
  ];
  assert.deepEqual(names(reader.cssParts), unique(parts));

  const dom = ['dom.rs', 'dom/press.rs', 'dom/spy.rs'].map((file) => read(`src/${file}`)).join();
  const readme = read('pkg/README.md');
  for (const { name } of [...reader.attributes, ...card.attributes, ...reader.cssParts, ...reader.cssProperties]) {
    assert.ok(readme.includes(`\`${name}\``), `README.md: ${name}`);
  }
  for (const { name } of reader.events)
    assert.ok(
      script.includes(`'${name.replace('policy-', '')}'`) || dom.includes(`tell("${name.replace('policy-', '')}"`),
      name,
    );

  const observed = all(script, /observedAttributes = \[(.*)\]/g).join();
  for (const { name } of [...reader.attributes, ...card.attributes]) {
    assert.ok(['theme', 'bridge'].includes(name) || observed.includes(`'${name}'`), `observedAttributes: ${name}`);
  }
});

test('every file that package.json names is there once pkg/ is built', () => {
  const { files, exports, version } = JSON.parse(read('pkg/package.json'));
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  for (const file of [...files, ...targets]) assert.ok(existsSync(join(ROOT, 'pkg', file)), file);
  assert.ok(read('Cargo.toml').includes(`version = "${version}"`), 'one version for crate and package');
});

test('the functions run in Node', async () => {
  const path = join(ROOT, 'pkg/policy-reader.js');
  const { load, analyze, readerHtml, decode, formatOf } = /** @type {typeof import('../../pkg/policy-reader.d.ts')} */ (
    await import(path)
  );
  await load(readFileSync(join(ROOT, 'pkg/policy_reader_bg.wasm')));
  const analysis = await analyze('# 甲隐私政策\n\n## 一、乙\n\n丙。\n', { format: 'markdown' });
  assert.equal(analysis.schema, 1);
  assert.deepEqual(analysis.sections.map((section) => section.number), ['一']); // prettier-ignore
  assert.ok((await readerHtml('甲<b>乙。', { format: 'plain' })).includes('甲&lt;b&gt;乙。'));
  assert.ok((await readerHtml('甲。', { lang: 'en' })).includes('lang="en"'), 'labels are read from beside the script');
  assert.ok((await readerHtml('We keep it.')).includes('lang="en"'), 'a text in English asks for them too');
  const bytes = (/** @type {number[]} */ list) => new Uint8Array(list).buffer;
  const cases = /** @type {[number[], string, string][]} */ ([
    [[0xd2, 0xfe, 0xcb, 0xbd], '', '隐私'],
    [[0xe9, 0x9a, 0x90], '', '隐'],
    [[0xef, 0xbb, 0xbf, 0x61], '', 'a'],
    [[0xff, 0xfe, 0x90, 0x96], '', '隐'],
    [[0xc1, 0xf4], 'text/html; charset=Big5', '隱'],
    [[0xff, 0xff], '', '\uFFFD\uFFFD'],
  ]);
  for (const [list, type, text] of cases) assert.equal(decode(bytes(list), type), text);
  assert.equal(formatOf('a/Privacy.MD?v=1'), 'markdown');
  assert.equal(formatOf('privacy.htm'), 'html');
  assert.equal(formatOf('privacy', 'text/html; charset=gbk'), 'html');
  assert.equal(formatOf('privacy.txt', 'text/plain'), undefined);
});

test('define.js can be imported where there are no elements, as servers do', () => {
  const script = `import('${join(ROOT, 'pkg/define.js')}').then(({ PolicyReader }) => console.log(typeof PolicyReader))`;
  assert.equal(execFileSync('node', ['--eval', script], { encoding: 'utf8' }), 'function\n');
});

test('nothing in the script is named by what a bundler cannot follow', () => {
  const script = read('pkg/policy-reader.js');
  const urls = [...script.matchAll(/new URL\(\s*([^,]*),\s*import\.meta\.url/g)].map((match) => match[1] ?? '');
  const imports = [...script.matchAll(/import\(\s*([^)]*)\)/g)].map((match) => match[1] ?? '');
  assert.ok(urls.length >= 2 && imports.length >= 3);
  for (const name of [...urls, ...imports]) assert.match(name, /^"[^"]+"$/);
  assert.ok(script.includes('.reader{'), 'the style sheet is in the script');
});
