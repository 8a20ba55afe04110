// www/, data/ and the built module → what a page loads and what npm gets, in pkg/: minified scripts with the style sheets
// and our sentences inside, labels as modules, lists and checklist apart, and the builds in one file.
//
// usage: node tools/package.mjs     (`cargo xtask build` runs it once policy_reader.js and its .wasm are in pkg/)

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PKG = join(ROOT, 'pkg');

/** @param {string} path */
const text = (path) => readFileSync(join(ROOT, path), 'utf8');

/** What is said while or because there is no policy: the lines `state.…` of data/ui, since the module may be what lacks. */
function words() {
  const lines = (/** @type {string} */ lang) =>
    text(`data/ui/${lang}.txt`)
      .split('\n')
      .filter((line) => line.startsWith('state.'))
      .map((line) => [line.slice('state.'.length, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
  return Object.fromEntries(['zh-Hans', 'zh-Hant', 'en'].map((lang) => [lang, Object.fromEntries(lines(lang))]));
}

/** Keys that no first view shows, as build.rs has them; states are said by the script. */
const LATER = ['check.', 'lists.', 'state.', 'verdict.'];

/** A language's labels: those of the first view, or those of lists and checklist. @param {string} lang @param {boolean} later */
function labels(lang, later) {
  const lines = text(`data/ui/${lang}.txt`).split('\n');
  const kept = lines.filter((line) => {
    const start = LATER.find((key) => line.startsWith(key));
    return line.startsWith('#') || (later ? start !== undefined && start !== 'state.' : start === undefined);
  });
  return `export default ${JSON.stringify(kept.join('\n'))};\n`;
}

/** @param {string} path @returns {Promise<string>} */
async function minifiedCss(path) {
  const { code } = await transform(text(path), { loader: 'css', minify: true, charset: 'utf8' });
  return code.trim();
}

/** `built.js`, `look.js` and `inline.js` do not exist in www/: they are made here. @returns {import('esbuild').Plugin} */
function made(/** @type {Record<string, string>} */ files) {
  return {
    name: 'made',
    setup(builder) {
      builder.onResolve({ filter: /^\.\/(built|look|inline)\.js$/ }, ({ path }) =>
        path in files ? { path, namespace: 'made' } : undefined,
      );
      builder.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({
        contents: files[path] ?? '',
        loader: 'js',
      }));
    },
  };
}

/** Bytes as a script. @param {Record<string, string>} files */
function bytes(files) {
  const names = Object.entries(files).map(([name, path]) => {
    const data = readFileSync(join(ROOT, path)).toString('base64');
    return `export const ${name} = () => decoded(${JSON.stringify(data)});`;
  });
  const decoded = 'const decoded = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));';
  return [decoded, ...names].join('\n');
}

async function main() {
  mkdirSync(join(PKG, 'labels'), { recursive: true });
  const css = await minifiedCss('www/reader.css');
  const built = `export const css = ${JSON.stringify(css)}; export const words = ${JSON.stringify(words())};`;
  const lists = await minifiedCss('www/lists.css');
  const look = `export const css = ${JSON.stringify(lists)};`;
  const inline = bytes({
    module: 'pkg/policy_reader_bg.wasm',
    lists: 'pkg/policy_lists_bg.wasm',
    topics: 'data/zh/labels.model',
  });
  writeFileSync(join(PKG, 'reader.css'), css);
  for (const name of ['demo.css', 'policy-reader.css'])
    writeFileSync(join(PKG, name), await minifiedCss(`www/${name}`));
  for (const lang of ['zh-Hant', 'en']) writeFileSync(join(PKG, `labels/${lang}.js`), labels(lang, false));
  for (const lang of ['zh-Hans', 'zh-Hant', 'en'])
    writeFileSync(join(PKG, `labels/lists.${lang}.js`), labels(lang, true));
  copyFileSync(join(ROOT, 'data/zh/labels.model'), join(PKG, 'topics.bin'));
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'NOTICE']) copyFileSync(join(ROOT, name), join(PKG, name));
  writeFileSync(join(PKG, 'inline.js'), inline);

  /** @type {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    outdir: 'pkg',
    outbase: 'www',
    allowOverwrite: true,
  };
  // wasm-bindgen's scripts are minified in their place; what the elements share with each other is one file.
  await build({
    ...common,
    bundle: false,
    outbase: 'pkg',
    entryPoints: ['pkg/policy_reader.js', 'pkg/policy_lists.js'],
  });
  const siblings = ['./policy_reader.js', './policy_lists.js', './labels/*', './inline.js', './lists.js'];
  await build({
    ...common,
    plugins: [made({ './built.js': built })],
    external: siblings,
    entryPoints: ['www/policy-reader.js'],
  });
  await build({
    ...common,
    plugins: [made({ './look.js': look })],
    external: siblings,
    entryPoints: ['www/lists.js'],
  });
  await build({
    ...common,
    external: ['./policy-reader.js'],
    entryPoints: ['www/define.js', 'www/demo.js', 'www/demo-language.js'],
  });
  // In one file everything is at hand; an address of parts to fetch would only mislead.
  const single = {
    ...common,
    plugins: [made({ './built.js': built, './look.js': look, './inline.js': inline }), beside()],
  };
  const nowhere = { define: { 'import.meta.url': 'undefined' }, entryPoints: ['www/standalone.js'] };
  await build({
    ...single,
    ...nowhere,
    format: 'iife',
    globalName: 'PolicyReaderKit',
    outExtension: { '.js': '.js' },
    entryNames: 'policy-reader.standalone',
    footer: { js: 'PolicyReaderKit=PolicyReaderKit.default;' },
  });
  await build({
    ...single,
    ...nowhere,
    stdin: { contents: "import './standalone.js'; export * from './policy-reader.js';", resolveDir: join(ROOT, 'www') },
    entryPoints: undefined,
    outdir: undefined,
    outfile: 'pkg/policy-reader.single.js',
  });
}

/** The built module and its labels stand in pkg/, where www/ names them as siblings. @returns {import('esbuild').Plugin} */
function beside() {
  return {
    name: 'beside',
    setup(builder) {
      builder.onResolve({ filter: /^\.\/(policy_(reader|lists)\.js|labels\/.*)$/ }, ({ path }) => ({
        path: join(PKG, path),
      }));
    },
  };
}

await main();
