// tests/hostile/*: policies that attack their reader → nothing runs, nothing is fetched, the policy is still shown.
//
// The pages have no Content Security Policy: what is tested is the reader, not the browser's second line.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browse, ROOT } from './harness.mjs';

/** @import { PolicyReader } from '../../pkg/policy-reader.d.ts' */

const site = browse();
const folder = join(ROOT, 'tests/hostile');
const files = readdirSync(folder).filter((name) => name !== 'README.md');

/** Everything that html.rs makes; anything else came from the policy. */
const TAGS =
  'a b button dd details dialog div dl dt footer h2 h3 h4 h5 h6 header input li mark nav ol p section slot span strong summary ' +
  'table tbody td th thead tr ul';

const PAGE =
  '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">' +
  '<script type="module" src="pkg/define.js"></script><policy-reader open="all"></policy-reader>';

/**
 * Waits until the reader has shown what it was given, follows every link, and tells what is there.
 * @param {{ src?: string, source?: { text: string, format?: string } }} given
 */
async function read(given) {
  const reader = /** @type {PolicyReader} */ (document.querySelector('policy-reader'));
  await new Promise((resolve, reject) => {
    reader.addEventListener('policy-ready', resolve, { once: true });
    reader.addEventListener('policy-error', (event) => reader.analysis ? resolve(event) : reject(/** @type {CustomEvent} */ (event).detail.error), { once: true }); // prettier-ignore
    Object.assign(reader, { source: undefined, ...given });
  });
  const root = /** @type {ShadowRoot} */ (reader.shadowRoot);
  const elements = [...root.querySelectorAll('*')];
  const links = elements.filter((element) => element instanceof HTMLAnchorElement);
  for (const link of links) link.click();
  // What would run later runs now: errors of images, animations, timers.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    text: root.textContent ?? '',
    tags: [...new Set(elements.map((element) => element.localName))],
    handlers: elements.flatMap((element) => element.getAttributeNames()).filter((n) => /^(on|style$|src|action)/.test(n)), // prettier-ignore
    schemes: [...new Set(links.map((link) => link.protocol))],
    pwned: Reflect.get(window, '__pwned'),
    here: location.pathname,
    light: reader.childNodes.length,
  };
}

for (const way of /** @type {const} */ (['fetched', 'dropped'])) {
  test(`${files.length} hostile policies, ${way}, run and fetch nothing`, { timeout: 240_000 }, async () => {
    assert.ok(files.length >= 30);
    const { page, problems } = await site.page();
    await page.route('**/hostile/*', (route) => {
      const name = decodeURIComponent(new URL(route.request().url()).pathname.split('/').pop() ?? '');
      // As text: were it served as a page, opening it would be the host's fault.
      return route.fulfill({ body: readFileSync(join(folder, name)), contentType: 'text/plain; charset=utf-8' });
    });
    await page.goto(await site.put(page, 'own.html', PAGE, { policy: null }));
    // Links that may be followed are not: whether they are safe is seen in their scheme.
    await page.evaluate(() => {
      addEventListener('click', (event) => {
        const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
        if (/^(https?|mailto|tel):/.test(/** @type {HTMLAnchorElement | undefined} */ (link)?.protocol ?? '')) event.preventDefault(); // prettier-ignore
      });
    });
    const allowed = new Set(TAGS.split(' '));
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8');
      const format = name.endsWith('.md') ? 'markdown' : name.endsWith('.html') ? 'html' : undefined;
      const given = way === 'fetched' ? { src: `hostile/${name}` } : { source: { text, format } };
      const seen = await page.evaluate(read, given);
      assert.ok(seen.text.includes('手机号码'), `${name}: the policy is not shown`);
      assert.deepEqual(seen.tags.filter((tag) => !allowed.has(tag)), [], name); // prettier-ignore
      assert.deepEqual(seen.handlers, [], name);
      assert.deepEqual(
        seen.schemes.filter((s) => !['http:', 'https:', 'mailto:', 'tel:'].includes(s)),
        [],
        name,
      );
      assert.equal(seen.pwned, undefined, name);
      assert.equal(seen.here, '/own.html', name);
      assert.equal(seen.light, 0, name);
      assert.deepEqual(problems, [], name);
    }
  });
}
