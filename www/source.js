/**
 * An address or bytes → a policy's text, or the reason why there is none.
 *
 * What goes wrong on the way is a {@link PolicyError} with a code that a page can act upon.
 */

/** @import { ErrorCode, Format } from '../pkg/policy-reader.d.ts' */

/** How long a host may take to begin its answer, in milliseconds. */
const PATIENCE = 30_000;

/** Why there is no policy to show. */
export class PolicyError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message for whoever looks into it; readers see the sentence of the code
   * @param {{ status?: number, cause?: unknown }} [more]
   */
  constructor(code, message, { status, cause } = {}) {
    super(message, { cause });
    this.name = 'PolicyError';
    this.code = code;
    this.status = status;
  }
}

/**
 * Fetches; what is no answer, or no good one, is thrown with its code.
 * @param {URL | string} url
 */
export async function fetched(url) {
  // Node's fetch knows no file: address.
  const files = `${url}`.startsWith('file:') && globalThis.process?.getBuiltinModule?.('node:fs');
  if (files) return new Response(files.readFileSync(url));
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  let response;
  try {
    response = await fetch(url, { signal: control.signal });
  } catch (cause) {
    throw new PolicyError(unreached(url, control.signal.aborted), `${url}: ${cause}`, { cause });
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  const { status, statusText } = response;
  const code = status === 404 || status === 410 ? 'not-found' : 'http';
  throw new PolicyError(code, `${url}: ${status} ${statusText}`.trim(), { status });
}

/**
 * Browsers do not tell a page why a host was not reached: what is known around it has to do.
 * @param {URL | string} url
 * @param {boolean} late
 * @returns {ErrorCode}
 */
function unreached(url, late) {
  if (late) return 'timeout';
  if (globalThis.navigator?.onLine === false) return 'offline';
  const here = globalThis.location?.origin;
  const { origin, protocol } = new URL(url, globalThis.document?.baseURI);
  return protocol === 'file:' || (here && origin !== here) ? 'cors' : 'network';
}

/**
 * The text at an address, and what its name and type say about its mark-up.
 * @param {string} address
 */
export async function read(address) {
  const url = new URL(address, document.baseURI);
  const response = await fetched(url);
  const type = response.headers.get('content-type') ?? '';
  const bytes = await response.arrayBuffer();
  if (isBinary(bytes)) throw new PolicyError('binary', `${url}: no text (${type || 'no type'})`);
  const text = decode(bytes, type);
  return { text, format: hinted(text, formatOf(url.pathname, type)) };
}

/** How files begin that hold text only for programs of their own: PDF, ZIP and with it Word, GIF, JPEG, PNG. */
const SIGNATURES = /^(%PDF-|PK\x03\x04|GIF8|\xFF\xD8\xFF|.PNG\r\n)/;

/** @param {ArrayBuffer} buffer whether it holds anything but text */
export function isBinary(buffer) {
  const head = new TextDecoder('latin1').decode(new Uint8Array(buffer, 0, Math.min(buffer.byteLength, 4096)));
  if (SIGNATURES.test(head)) return true;
  // UTF-16 says so itself; else a text has next to no NUL.
  return !/^(\xFF\xFE|\xFE\xFF)/.test(head) && head.split('\0').length > 1 + head.length / 100;
}

/**
 * Text of a file or response, by its byte order mark, its declared charset, or as UTF-8 and then GB 18030, in which many
 * Chinese pages still come.
 * @param {ArrayBuffer} buffer
 * @param {string} [type] a Content-Type
 * @returns {string}
 */
export function decode(buffer, type = '') {
  const bytes = new Uint8Array(buffer);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const marked = head.startsWith('ÿþ') ? 'utf-16le' : head.startsWith('þÿ') ? 'utf-16be' : undefined;
  const declared = /charset\s*=\s*["']?([\w.-]+)/i.exec(type) ?? /<meta[^>]+charset\s*=\s*["']?([\w.-]+)/i.exec(head);
  for (const label of [marked, 'utf-8', declared?.[1], 'gb18030']) {
    try {
      if (label) return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding, or none that the browser knows.
    }
  }
  return new TextDecoder().decode(bytes);
}

/**
 * What a file's name or a response's type says about its mark-up. A `.txt` may hold Markdown, so the text itself decides.
 * @param {string} name
 * @param {string} [type]
 * @returns {Format | undefined}
 */
export function formatOf(name, type = '') {
  const path = name.replace(/[?#].*$/s, '').toLowerCase();
  if (/\.(md|markdown)$/.test(path) || type.startsWith('text/markdown')) return 'markdown';
  if (/\.x?html?$/.test(path) || /^(text\/html|application\/xhtml)/.test(type)) return 'html';
  return undefined;
}

/**
 * A name is a hint only: mark-up counts where the text has some, else the text is looked at without prejudice.
 * @param {string} text
 * @param {Format | undefined} hint
 */
export function hinted(text, hint) {
  const page = /<(!doctype|html|body|main|article|section|div|p|h[1-6]|br|table|ul|ol|span|a)\b[^<>]*>/i;
  const signs = /^(#{1,6}\s|\s*[-*+]\s|>\s|\|.*\|\s*$)|\*\*|\]\(/m;
  if (hint === 'html') return page.test(text) ? hint : undefined;
  if (hint === 'markdown') return signs.test(text) && !/^\s*<(!doctype|html|body)\b/i.test(text) ? hint : undefined;
  return hint;
}

/**
 * An address as it may become a link: what `safe_target` lets pass in the module, and files for pages that are files.
 * @param {string} address
 */
export function safeTarget(address) {
  try {
    const url = new URL(address, document.baseURI);
    const allowed = ['http:', 'https:', 'mailto:', 'tel:', ...(location.protocol === 'file:' ? ['file:'] : [])];
    return allowed.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
