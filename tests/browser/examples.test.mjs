// www/examples/*: built as their README says, opened in Chromium → the reader is there in each.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { ROOT, browse } from './harness.mjs';

const run = promisify(execFile);
const site = browse();
const folder = join(ROOT, 'www/examples');
const out = join(ROOT, 'target/examples');
const policy = readFileSync(join(folder, 'privacy.md'), 'utf8');

/** What npm was asked for there, once. */
before(async () => {
  const [lock, made] = ['package-lock.json', 'node_modules/.package-lock.json'].map((path) => join(folder, path));
  const fresh = existsSync(made ?? '') && statSync(made ?? '').mtimeMs >= statSync(lock ?? '').mtimeMs;
  if (!fresh) await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
});

/** Programs that a test started. @type {import('node:child_process').ChildProcess[]} */
const started = [];
after(() => started.forEach((child) => child.kill()));

/** A folder as a host would have it; the package beside, where the page names it. @param {string} name */
function host(name) {
  const to = join(out, name);
  cpSync(join(folder, name), to, { recursive: true });
  cpSync(join(ROOT, 'pkg'), join(to, 'policy-reader'), { recursive: true });
  cpSync(join(folder, 'privacy.md'), join(to, 'privacy.md'));
  return to;
}

/** Answers below an address with the files of a folder. @param {import('playwright-core').Page} page @param {string} path @param {string} dir */
async function serve(page, path, dir) {
  await page.route(`${site.url}${path}/**`, (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname).slice(path.length + 2) || 'index.html';
    const file = join(dir, name);
    return existsSync(file) && statSync(file).isFile() ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  });
  return `${site.url}${path}/`;
}

/** Opens a page and reads what its element has. @param {string} url @param {import('playwright-core').Page} page */
async function shown(page, url) {
  await page.goto(url);
  await page.locator('.card h2').waitFor({ timeout: 20_000 });
  const title = await page.locator('.card h2').textContent();
  const collected = await page.locator('.rows [data-slot="collect"] .v').textContent();
  return { title, collected };
}

/** @param {{ title: string | null, collected: string | null }} seen */
function whole({ title, collected }) {
  assert.equal(title, '青梅口语隐私政策');
  assert.match(collected ?? '', /\S/);
}

/** Starts a server and waits for its address. @param {string} program @param {string[]} args */
async function server(program, args) {
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  started.push(child);
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const url = /http:\/\/[\w.]+:\d+\//.exec(text);
      if (url) resolve(url[0]);
    });
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${text}`)));
  });
}

for (const name of ['bare', 'csp']) {
  test(`${name}: opens as it is`, async () => {
    const { page, problems } = await site.page();
    whole(await shown(page, await serve(page, name, host(name))));
    assert.deepEqual(problems.filter((problem) => !problem.includes('404')), []); // prettier-ignore
  });
}

for (const version of ['vite', 'vite-latest']) {
  for (const name of ['vite-react', 'vue']) {
    test(`${name}: ${version} builds it`, { timeout: 120_000 }, async () => {
      const to = join(out, `${version}-${name}`);
      await run('node', [join(folder, 'node_modules', version, 'bin/vite.js'), 'build', name, '--outDir', to, '--emptyOutDir', '--logLevel', 'error'], { cwd: folder }); // prettier-ignore
      cpSync(join(folder, 'privacy.md'), join(to, 'privacy.md'));
      const { page, problems, requests } = await site.page();
      whole(await shown(page, await serve(page, `${version}-${name}`, to)));
      await page.waitForFunction(() => document.getElementById('sections')?.textContent === '5');
      assert.ok(requests.some((path) => path.endsWith('.wasm')), 'the module is a file of its own'); // prettier-ignore
      assert.ok(!requests.some((path) => path.includes('inline')), 'and not loaded twice');
      assert.deepEqual(problems.filter((problem) => !problem.includes('404')), []); // prettier-ignore
    });
  }

  test(`vite-react: ${version} serves it while it is written`, { timeout: 120_000 }, async () => {
    const url = await server('node', [join(folder, 'node_modules', version, 'bin/vite.js'), 'vite-react', '--host', '127.0.0.1', '--port', version === 'vite' ? '5471' : '5472', '--cacheDir', join(out, `cache-${version}`)].filter((arg) => !arg.startsWith('--cacheDir') && !arg.includes('cache-'))); // prettier-ignore
    const { page, context } = await site.page();
    // The server is another origin than the demo's, which the harness would refuse.
    await context.unroute('**/*');
    await page.route('**/privacy.md', (route) => route.fulfill({ body: policy, contentType: 'text/markdown; charset=utf-8' })); // prettier-ignore
    whole(await shown(page, url));
    await page.locator('[data-expand]', { hasText: 'Expand all' }).waitFor();
  });
}

test('webpack: builds it without a word about it', { timeout: 120_000 }, async () => {
  const to = join(out, 'webpack');
  await run('npx', ['webpack', '--config', 'webpack/webpack.config.js', '--context', 'webpack', '--output-path', to], { cwd: folder }); // prettier-ignore
  for (const name of ['webpack/index.html', 'privacy.md'])
    cpSync(join(folder, name), join(to, name.split('/').pop() ?? name));
  const { page } = await site.page();
  whole(await shown(page, await serve(page, 'webpack', to)));
});

test('esbuild: builds it without a word about it', { timeout: 120_000 }, async () => {
  const to = join(out, 'esbuild');
  await run('npx', ['esbuild', 'esbuild/main.js', '--bundle', '--format=esm', '--splitting', `--outdir=${to}`], { cwd: folder }); // prettier-ignore
  for (const name of ['esbuild/index.html', 'privacy.md'])
    cpSync(join(folder, name), join(to, name.split('/').pop() ?? name));
  const { page } = await site.page();
  whole(await shown(page, await serve(page, 'esbuild', to)));
});

test('ssr: readable before any script, and taken over', { timeout: 60_000 }, async () => {
  const url = await server('node', ['ssr/server.mjs']);
  const { page, context } = await site.page();
  await context.unroute('**/*');
  whole(await shown(page, url));
  await page.locator('.toolbar').waitFor();
  const bare = await site.browser.newContext({ javaScriptEnabled: false });
  const still = await bare.newPage();
  await still.goto(url);
  assert.ok(await still.getByText('我们会收集您的手机号码').first().isVisible());
  await bare.close();
});

test('webview: from a file, in one script', { timeout: 60_000 }, async () => {
  const to = host('webview');
  cpSync(join(ROOT, 'pkg/policy-reader.standalone.js'), join(to, 'policy-reader.standalone.js'));
  const { page, problems } = await site.page();
  whole(await shown(page, pathToFileURL(join(to, 'index.html')).href));
  assert.deepEqual(problems, []);
});
