/**
 * The module and what it is given along with a text: labels of another language, the weights that tell topics.
 *
 * Everything is fetched once, when it is first needed, from beside this file; a build that brings its parts along hands
 * them over by {@link provide}. Bundlers find every part, since each is named by a literal.
 */

import { css } from './built.js';
import init, * as wasm from './policy_reader.js';
import { PolicyError, fetched } from './source.js';

/** @import { Analysis, Kind, List, Options } from '../pkg/policy-reader.d.ts' */

/** @type {{ module?: () => BufferSource, lists?: () => BufferSource, topics?: () => Uint8Array }} */
const parts = {};

/**
 * Parts of a build in one file.
 * @param {typeof parts} given
 */
export function provide(given) {
  Object.assign(parts, given);
}

/** @type {Promise<unknown> | undefined} */
let module;

/**
 * Fetches and starts the module; once, and anew after a failure.
 * @param {BufferSource | WebAssembly.Module} [bytes] the module itself, where it cannot be fetched (an app's bundle)
 */
export function load(bytes) {
  module ??= start(bytes).catch((error) => {
    module = undefined;
    throw error instanceof PolicyError ? error : new PolicyError('module', String(error), { cause: error });
  });
  return module;
}

/** @param {BufferSource | WebAssembly.Module} [bytes] */
function start(bytes) {
  const url = () => new URL('policy_reader_bg.wasm', import.meta.url);
  return instantiate(init, bytes ?? parts.module?.(), url, (inline) => inline.module());
}

/**
 * Starts a module by the script that belongs to it.
 * @param {typeof init} begin
 * @param {BufferSource | WebAssembly.Module | undefined} given
 * @param {() => URL} url
 * @param {(inline: typeof import('./inline.js')) => BufferSource} copy of it in a script
 */
async function instantiate(begin, given, url, copy) {
  if (!globalThis.WebAssembly) throw new PolicyError('unsupported', 'there is no WebAssembly here');
  if (given) return begin({ module_or_path: given });
  let response;
  try {
    response = await fetched(url());
    // A streaming compile insists on the type; hosts that do not know .wasm get the slower way instead of an error.
    if (response.headers.get('content-type')?.startsWith('application/wasm')) {
      return await begin({ module_or_path: response });
    }
    const buffer = await response.arrayBuffer();
    if (!isModule(buffer)) throw new PolicyError('module', `${response.url}: no WebAssembly`);
    return await begin({ module_or_path: buffer });
  } catch (error) {
    // A compile error would meet the other copy too. The network and tools that move scripts without their files do not
    // concern a script: bundlers know how to bring one along.
    if (error instanceof WebAssembly.CompileError) throw new PolicyError('module', String(error), { cause: error });
    const inline = await import('./inline.js').catch(() => {
      throw error instanceof PolicyError && error.code === 'offline'
        ? error
        : new PolicyError('module', String(error), { cause: error });
    });
    return begin({ module_or_path: copy(inline) });
  }
}

/** @param {ArrayBuffer} buffer whether it begins as modules do; hosts send pages of their own for what they lack */
function isModule(buffer) {
  const magic = new Uint8Array(buffer, 0, Math.min(4, buffer.byteLength));
  return String.fromCharCode(...magic) === '\0asm';
}

/** Names of the modules that hold labels, a literal each. @type {Record<string, () => Promise<{ default: string }>>} */
const LABELS = {
  'zh-Hant': () => import('./labels/zh-Hant.js'),
  en: () => import('./labels/en.js'),
};

/** @type {Record<string, Promise<void> | undefined>} */
const labels = {};

/** @type {Promise<void> | undefined} */
let topics;

/**
 * Starts the module and gives it what this reading asks for: topics, and labels. Without these the built-in ones do.
 * @param {string} source
 * @param {Options} [options]
 */
export async function ready(source, options) {
  await load();
  if (options?.topics) {
    await (topics ??= weights().catch(() => {
      topics = undefined;
    }));
  }
  const lang = wasm.lacking(source, options);
  const wanted = LABELS[lang];
  if (!wanted) return;
  await (labels[lang] ??= wanted()
    .then((file) => wasm.addLabels(lang, file.default))
    .catch(() => {
      labels[lang] = undefined;
    }));
}

async function weights() {
  if (parts.topics) return addTopics(parts.topics());
  try {
    const response = await fetched(new URL('topics.bin', import.meta.url));
    await addTopics(await response.arrayBuffer());
  } catch (error) {
    const inline = await import('./inline.js').catch(() => {
      throw error;
    });
    await addTopics(inline.topics());
  }
}

/**
 * Labels and sentences in another language, where they cannot be fetched.
 * @param {'zh-Hant' | 'en'} lang
 * @param {string} text what `labels/zh-Hant.js` or `labels/en.js` exports
 */
export async function addLabels(lang, text) {
  await load();
  wasm.addLabels(lang, text);
}

/**
 * What topics are told by, where it cannot be fetched: from then on every reading tells them.
 * @param {ArrayBuffer | Uint8Array} bytes of `topics.bin`
 */
export async function addTopics(bytes) {
  await load();
  if (!wasm.addTopics(new Uint8Array(bytes))) throw new Error('topics.bin: damaged, or of another version');
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
 * Lists, checklist and files are made by a module of their own, fetched when somebody first asks for them.
 * @param {Analysis} analysis
 * @param {string} [lang] of the labels; the policy's own where missing
 */
export async function shelf(analysis, lang) {
  const lists = await import('./lists.js');
  const language = languageOf(lang || analysis.meta.language);
  const main = await LABELS[language]?.();
  return lists.open({
    analysis,
    lang: language,
    main: main?.default,
    instantiate: (begin, url, copy) => instantiate(/** @type {any} */ (begin), parts.lists?.(), url, copy),
  });
}

/**
 * A file to keep: its text, type and name.
 * @param {Analysis} analysis
 * @param {Kind} kind
 * @param {List} [list] one list instead of the text
 * @param {string} [lang]
 */
export async function saved(analysis, kind, list, lang) {
  return (await shelf(analysis, lang)).file(kind, list, css);
}

/**
 * The lists as a table for spreadsheets: one of them, or all below each other.
 * @param {Analysis} analysis
 * @param {List} [list]
 */
export async function listsCsv(analysis, list) {
  return (await saved(analysis, 'csv', list)).text;
}

/**
 * The language of ours that a tag asks for.
 * @param {string} tag
 */
export function languageOf(tag) {
  if (tag && !/^(zh|cmn|yue)\b/i.test(tag)) return 'en';
  return /hant|-(tw|hk|mo)/i.test(tag) ? 'zh-Hant' : 'zh-Hans';
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

export { wasm };
