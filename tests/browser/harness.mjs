// A test file → the demo in a real Chromium: server, browser and pages, with everything that goes wrong written down.
//
//   import { browse } from './harness.mjs';
//   const site = browse();                        // one server and one browser for the file, ended with it
//   test('…', async () => {
//     const { page, problems } = await site.page({ viewport: { width: 360, height: 740 } });
//     await page.goto(site.url);                  // index.html, under the strict policy of xtask's server
//     await site.put(page, 'own.html', '<!doctype html>…');   // a page or a file of the test's own beside index.html
//     assert.deepEqual(problems, []);
//   });
//
// Built files are what is tested: run `cargo xtask build` after a change to src/ or www/ (`cargo xtask test` does).

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the page that a test puts up is served with; the same as xtask/src/serve.rs. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** The path of a Chromium: $CHROME or the PATH. xtask/src/install.rs asks the same, and installs it. */
export function chrome() {
  if (process.env.CHROME) return process.env.CHROME;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error('no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROME');
  return found;
}

/** Starts xtask's server on a free port. It ends when we do: it watches the pipe. */
async function serve() {
  const args = ['run', '--quiet', '--package', 'xtask', '--', 'serve', '--port', '0', '--until-eof'];
  const server = spawn('cargo', args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: /** @type {string} */ (address), stop: () => server.stdin.end() };
}

/**
 * A server and a browser.
 * @returns {Promise<Site>}
 */
export async function open() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: chrome(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return new Site(server, browser);
}

/**
 * The same for the length of a test file.
 * @returns {Site}
 */
export function browse() {
  /** @type {Site | undefined} */
  let site;
  before(async () => {
    site = await open();
  });
  after(() => site?.close());
  // Tests name it before it is there: they only use it while they run.
  return /** @type {Site} */ (
    new Proxy(
      {},
      {
        get(_, name) {
          const value = site && Reflect.get(site, name, site);
          return typeof value === 'function' ? value.bind(site) : value;
        },
      },
    )
  );
}

/** A running server and browser. */
export class Site {
  /**
   * @param {{ url: string, stop: () => void }} server
   * @param {import('playwright-core').Browser} browser
   */
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    /** The demo's address, with a slash at its end. */
    this.url = server.url;
  }

  /**
   * A page in a context of its own. `problems` collects console errors and warnings, uncaught errors, failed requests and
   * every request that leaves the site (which is refused); `requests` the paths that were asked for.
   * @param {import('playwright-core').BrowserContextOptions} [options]
   */
  async page(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    /** @type {string[]} */
    const problems = [];
    /** @type {string[]} */
    const requests = [];
    await context.route('**/*', (route) => {
      const url = route.request().url();
      if (url.startsWith(this.url)) return route.continue();
      if (/^(data|blob|about|file):/.test(url)) return route.continue();
      problems.push(`request to ${url}`);
      return route.abort();
    });
    page.on('request', (request) => {
      if (request.url().startsWith(this.url)) requests.push(decodeURI(request.url().slice(this.url.length)));
    });
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error}`));
    return { page, context, problems, requests };
  }

  /**
   * Puts a file beside index.html for one page, as if the host had it, and returns its address.
   * @param {import('playwright-core').Page} page
   * @param {string} path e.g. `own.html` or `sub/folder/privacy.md`
   * @param {string | Buffer} body
   * @param {{ type?: string, status?: number, policy?: string | null }} [options] `policy`: another one, or null for none
   */
  async put(page, path, body, { type, status = 200, policy = POLICY } = {}) {
    const kind = type ?? (path.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    /** @type {Record<string, string>} */
    const headers = { 'content-type': kind };
    if (policy) headers['content-security-policy'] = policy;
    await page.route(this.url + encodeURI(path), (route) => route.fulfill({ status, headers, body }));
    return this.url + encodeURI(path);
  }

  /** Ends the browser and the server. */
  async close() {
    await this.browser.close();
    this.server.stop();
  }
}

/**
 * The corpus' seed policies, read where they stand. Without a corpus it says so and there are none: a test over them then
 * has nothing to look at.
 * @returns {{ id: string, path: string, text: string }[]}
 */
export function seeds() {
  const folder = join(ROOT, '../shared/seeds');
  if (!existsSync(folder)) {
    console.log('no corpus');
    return [];
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.sort().map((name) => {
    const path = join(folder, name);
    return { id: name.slice(0, 3), path, text: readFileSync(path, 'utf8') };
  });
}
