// Chromium, Firefox and WebKit → one way to open a page in each, by WebDriver over plain HTTP.
//
//   for (const engine of engines()) {
//     const browser = await engine.start();                       // its driver, a session, an empty profile
//     await browser.go('http://127.0.0.1:…/own.html');
//     await browser.run(async (argument) => { … }, argument);     // in the page; what it returns or throws comes back
//     await browser.stop();
//   }
//
// Drivers: chromedriver, geckodriver, WebKitWebDriver (with Xvfb); xtask installs them. An engine without a driver is
// named and left out, unless $ENGINES asks for it by name. Only processes that were started here are ended.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** How long a driver may take for one command, in milliseconds: without a display WebKit's session waits for ever. */
const PATIENCE = 160_000;

/** @param {string[]} names @returns {string | undefined} */
function find(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), join(homedir(), '.cargo/bin'), '/usr/lib/chromium'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What an engine is started with. */
class Engine {
  /** @param {'chromium' | 'firefox' | 'webkit'} name */
  constructor(name) {
    this.name = name;
  }

  /** Programs that have to be there; undefined for what is missing. */
  programs() {
    const { CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER, WEBKITDRIVER, MINIBROWSER, XVFB } = process.env;
    if (this.name === 'chromium') {
      return [CHROMEDRIVER || find('chromedriver'), CHROME || find('chromium', 'chromium-browser', 'google-chrome')];
    }
    if (this.name === 'firefox') return [GECKODRIVER || find('geckodriver'), FIREFOX || find('firefox-esr', 'firefox')];
    const mini = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec'].map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser')); // prettier-ignore
    return [WEBKITDRIVER || find('WebKitWebDriver'), MINIBROWSER || mini.find((path) => existsSync(path)), XVFB || find('Xvfb')]; // prettier-ignore
  }

  /** @param {{ width?: number, height?: number }} [size] */
  async start({ width = 1000, height = 900 } = {}) {
    const [driver = '', binary = '', xvfb = ''] = this.programs();
    const profile = mkdtempSync(join(tmpdir(), `policy-reader-${this.name}-`));
    /** @type {import('node:child_process').ChildProcess[]} */
    const started = [];
    const env = { ...process.env };
    if (this.name === 'webkit') {
      const screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1300x1200x24', '-nolisten', 'tcp'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      started.push(screen);
      env.DISPLAY = await new Promise((resolve) => screen.stdout.once('data', (chunk) => resolve(`:${String(chunk).trim()}`))); // prettier-ignore
    }
    const port = await freePort();
    const args = {
      chromium: [`--port=${port}`],
      firefox: ['--port', `${port}`, '--websocket-port', '0', '--profile-root', profile],
      webkit: ['-p', `${port}`],
    }[this.name];
    started.push(spawn(driver, args, { stdio: 'ignore', env }));
    const browser = new Browser(`http://127.0.0.1:${port}`, started, profile);
    await browser.open(this.capabilities(binary, profile, width, height));
    return browser;
  }

  /** @param {string} binary @param {string} profile @param {number} width @param {number} height */
  capabilities(binary, profile, width, height) {
    if (this.name === 'chromium') {
      const quiet = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking', 'disable-component-update', 'disable-sync']; // prettier-ignore
      const args = ['headless', 'no-sandbox', ...quiet, `window-size=${width},${height}`, `user-data-dir=${profile}`];
      return { 'goog:chromeOptions': { binary, args: [...args, 'js-flags=--expose-gc'] } };
    }
    if (this.name === 'firefox') {
      const prefs = {
        'app.update.enabled': false,
        'network.captive-portal-service.enabled': false,
        'network.connectivity-service.enabled': false,
        'services.settings.server': 'data:,#remote-settings-dummy/v1',
      };
      const args = ['-headless', `--width=${width}`, `--height=${height}`];
      return { 'moz:firefoxOptions': { binary, args, prefs } };
    }
    return { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  }
}

/** A session of one browser. */
class Browser {
  #session = '';

  /** @param {string} driver @param {import('node:child_process').ChildProcess[]} started @param {string} profile */
  constructor(driver, started, profile) {
    this.driver = driver;
    this.started = started;
    this.profile = profile;
  }

  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async command(method, path, body) {
    const response = await fetch(`${this.driver}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: body && { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  /** @param {object} capabilities */
  async open(capabilities) {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.command('GET', '/status');
        break;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const { sessionId } = await this.command('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    this.#session = `/session/${sessionId}`;
    await this.command('POST', `${this.#session}/timeouts`, { script: 150_000, pageLoad: 60_000 });
  }

  /** @param {string} url */
  go(url) {
    return this.command('POST', `${this.#session}/url`, { url });
  }

  /**
   * Runs a function in the page and returns what it returns, a promise's value too.
   * @template T, A
   * @param {(argument: A) => T | Promise<T>} work
   * @param {A} [argument]
   * @returns {Promise<T>}
   */
  async run(work, argument) {
    // Values go as text: what drivers make of numbers and of missing values differs.
    const script =
      'const [given, done] = arguments;' +
      `Promise.resolve().then(() => (${work})(JSON.parse(given))).then(` +
      '(value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: `${error}\\n${error?.stack ?? ""}` })));';
    const args = [JSON.stringify(argument ?? null)];
    const answer = JSON.parse(await this.command('POST', `${this.#session}/execute/async`, { script, args }));
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }

  /** Types with the keyboard, as a person does. @param {string} keys WebDriver's key codes for what is no letter */
  keys(keys) {
    const actions = [...keys].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    return this.command('POST', `${this.#session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
  }

  /** A picture of the window, PNG. @returns {Promise<Buffer>} */
  async picture() {
    return Buffer.from(await this.command('GET', `${this.#session}/screenshot`), 'base64');
  }

  /** Ends the session and what was started for it. */
  async stop() {
    await this.command('DELETE', this.#session).catch(() => {});
    for (const child of this.started.reverse()) child.kill();
    await new Promise((resolve) => setTimeout(resolve, 200));
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** WebDriver's codes. */
export const KEYS = { tab: '\uE004', enter: '\uE007', escape: '\uE00C', left: '\uE012', up: '\uE013', right: '\uE014', down: '\uE015', shift: '\uE008' }; // prettier-ignore

/** The engines that can be started here. */
export function engines() {
  const asked = process.env.ENGINES?.split(',');
  const all = /** @type {const} */ (['chromium', 'firefox', 'webkit']).map((name) => new Engine(name));
  return all.filter((engine) => {
    if (asked) return asked.includes(engine.name);
    const there = engine.programs().every(Boolean);
    if (!there) console.log(`not here: ${engine.name} (driver or browser is missing)`);
    return there;
  });
}
