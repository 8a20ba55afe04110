// The demo page as it is → nothing goes wrong in it, and it loads what `cargo xtask size` counts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relative } from 'node:path';
import { LATER, loaded } from '../../tools/size.mjs';
import { browse, ROOT } from './harness.mjs';

const site = browse();

for (const [name, options] of Object.entries({
  wide: {},
  narrow: { viewport: { width: 360, height: 740 } },
  dark: { colorScheme: /** @type {const} */ ('dark') },
})) {
  test(`the demo opens without an error: ${name}`, async () => {
    const { page, problems } = await site.page(options);
    await page.goto(site.url, { waitUntil: 'networkidle' });
    assert.deepEqual(problems, []);
    const element = await page.locator('policy-reader').count();
    assert.ok(element > 0, 'index.html holds a <policy-reader>');
    assert.ok(
      await page.evaluate(() => customElements.get('policy-reader') !== undefined),
      'the element is registered',
    );
  });
}

test('the demo asks for each sample once, and nothing jumps', async () => {
  const { page, requests } = await site.page({ viewport: { width: 1000, height: 700 } });
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    const seen = (/** @type {PerformanceObserverEntryList} */ list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        if (!entry.hadRecentInput) Reflect.set(window, 'shift', Reflect.get(window, 'shift') + entry.value);
      }
    };
    new PerformanceObserver(seen).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(site.url, { waitUntil: 'networkidle' });
  await page.locator('.card:not([aria-hidden])').waitFor();
  await page.locator('#language input[value="zh-Hant"]').check({ force: true });
  await page.locator('.reader[lang="zh-Hant"]').waitFor();
  assert.equal(requests.filter((path) => path.startsWith('www/samples/')).length, 1);
  assert.ok((await page.evaluate(() => Reflect.get(window, 'shift'))) <= 0.02);
});

test('the demo works from a sub-folder of another host, with plain headers', async () => {
  const { page, problems, requests } = await site.page();
  // A static host's folder: what is asked below /some/where/ is what the server has at its root.
  await page.route(`${site.url}some/where/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace('some/where/', '') });
    const headers = { 'content-type': response.headers()['content-type'] ?? '' };
    await route.fulfill({ status: response.status(), headers, body: await response.body() });
  });
  await page.goto(`${site.url}some/where/`, { waitUntil: 'networkidle' });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    requests.filter((path) => !path.startsWith('some/where/') && path !== 'favicon.ico'),
    [],
    'nothing is asked for outside the folder',
  );
});

test('size counts every script, style and module that the page loads', async () => {
  const { page, requests } = await site.page();
  await page.goto(site.url, { waitUntil: 'networkidle' });
  const asked = requests.filter((path) => /\.(js|css|wasm)$/.test(path));
  const counted = loaded().map((file) => relative(ROOT, file));
  assert.ok(
    asked.some((path) => path.endsWith('.wasm')),
    'the module is loaded',
  );
  assert.deepEqual(asked.filter((path) => ![...counted, ...LATER].includes(path)), []); // prettier-ignore
});

test('a problem on a page is seen', async () => {
  const { page, problems } = await site.page();
  const html = '<!doctype html><link rel="icon" href="data:,"><script>1</script><img src="https://example.org/a.png">';
  await page.goto(await site.put(page, 'bad.html', html, { policy: "script-src 'self'" }), { waitUntil: 'load' });
  assert.ok(problems.some((problem) => problem.includes('example.org')), problems.join('\n')); // prettier-ignore
  assert.ok(problems.some((problem) => problem.includes('Content Security Policy')), problems.join('\n')); // prettier-ignore
});
