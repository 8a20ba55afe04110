// Files of a test → a real host for any browser: pkg/ as built, and what a test puts up, under the strict policy.

import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What pages are served with; the same as xtask/src/serve.rs. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** @typedef {{ body?: string | Buffer, status?: number, type?: string, policy?: string | null, wait?: number, drop?: boolean, cors?: boolean }} Put */

export class Host {
  /** @type {Map<string, Put>} */
  #files = new Map();
  /** Paths that were asked for. @type {string[]} */
  asked = [];
  #server = createServer((request, response) => void this.#answer(request, response));
  url = '';

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = this.#server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** A file beside pkg/; returns its address. @param {string} path @param {string | Buffer | Put} file */
  put(path, file) {
    this.#files.set(path, typeof file === 'string' || Buffer.isBuffer(file) ? { body: file } : file);
    return this.url + path;
  }

  /** @param {string} path */
  take(path) {
    this.#files.delete(path);
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.url).pathname.slice(1));
    this.asked.push(path);
    const put = this.#files.get(path) ?? onDisk(path);
    if (put.drop) return request.socket.destroy();
    if (put.wait) await new Promise((resolve) => setTimeout(resolve, put.wait));
    response.statusCode = put.status ?? 200;
    response.setHeader('content-type', put.type ?? TYPES[extname(path)] ?? 'application/octet-stream');
    response.setHeader('cache-control', 'no-store');
    if (put.policy !== null) response.setHeader('content-security-policy', put.policy ?? POLICY);
    response.end(put.body ?? '');
  }
}

/** @param {string} path @returns {Put} */
function onDisk(path) {
  const file = join(ROOT, path);
  const open = /^(pkg|www|node_modules|target\/examples)\//.test(path) || path === 'index.html';
  if (!open || path.includes('..') || !statSync(file, { throwIfNoEntry: false })?.isFile()) return { status: 404 };
  return { body: readFileSync(file) };
}
