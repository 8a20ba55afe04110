// What `policy-reader pack` writes → a valid page that runs and asks for nothing in three engines, says what the element
// says, and does not move when the script takes it over.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { engines } from './engines.mjs';
import { browse, ROOT } from './harness.mjs';
import { Host } from './host.mjs';

const SAMPLES = join(ROOT, 'www/samples');
const HOSTILE = join(ROOT, 'tests/hostile');
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

execFileSync('cargo', ['build', '--quiet', '--features', 'cli', '--bin', 'policy-reader'], { cwd: ROOT });
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/policy-reader');

/** The page of a policy's file. @param {string} path @param {string[]} flags */
const pack = (path, ...flags) =>
  execFileSync(PROGRAM, ['pack', ...flags, path], { encoding: 'utf8', maxBuffer: 1 << 26, stdio: 'pipe' });

/** @param {string} folder */
const files = (folder) => readdirSync(folder).filter((name) => name !== 'README.md');

test('the page of a policy is valid', async () => {
  const standard = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
  for (const path of [...files(SAMPLES).map((name) => join(SAMPLES, name)), join(HOSTILE, files(HOSTILE)[0] ?? '')]) {
    const report = await standard.validateString(pack(path));
    const found = report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.message}`));
    assert.deepEqual(found, [], path);
  }
});

/** Bytes of the page of a policy of 50,000 bytes, styles and all lists inside; the aim is 150,000. */
const PAGE = 220_000;

test('a long policy makes a page of a few times its size', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-reader-pack-'));
  try {
    // Samples on end until they are 50 kB, each under a chapter of its own.
    let text = '# 长篇隐私政策\n';
    const studio = readFileSync(join(SAMPLES, 'studio.md'), 'utf8').replace(/^# .*\n/, '');
    for (let part = 1; Buffer.byteLength(text) < 50_000; part++) text += `\n# 第${part}篇\n\n${studio}`;
    const path = join(folder, 'long.md');
    writeFileSync(path, Buffer.from(text).subarray(0, 50_000));
    const bytes = Buffer.byteLength(pack(path));
    console.log(`a policy of 50,000 bytes makes a page of ${bytes}`);
    assert.ok(bytes <= PAGE, `${bytes} bytes`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const site = browse();

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in it: ${colorScheme}`, { timeout: 120_000 }, async () => {
    for (const name of files(SAMPLES)) {
      const { page, problems, requests } = await site.page({ colorScheme, viewport: { width: 360, height: 740 } });
      await page.goto(await site.put(page, 'packed.html', pack(join(SAMPLES, name)), { policy: null }));
      assert.deepEqual(problems, [], name);
      assert.deepEqual(requests.filter((path) => !['packed.html', 'favicon.ico'].includes(path)), [], name); // prettier-ignore
      await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => Reflect.get(window, 'axe').run());
      const found = violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`); // prettier-ignore
      assert.deepEqual(found, [], name);
    }
  });
}

/** What a reader is told: sections, clauses, card lines, points, in order. Runs in a page. */
const told = () => {
  const element = document.querySelector('policy-reader');
  const root = element?.shadowRoot ?? document;
  /** @param {string} what */
  const all = (what) => [...root.querySelectorAll(what)].map((node) => (node.textContent ?? '').replace(/\s+/g, ''));
  return {
    titles: all('.section .title'),
    clauses: all('.clause'),
    card: all('.card li'),
    rows: all('.text table tr'),
  };
};

test(
  'it says what the element says, and stands still when the script takes it over',
  { timeout: 120_000 },
  async () => {
    const kit = join(ROOT, 'pkg/policy-reader.standalone.js');
    for (const name of files(SAMPLES)) {
      const { page, problems } = await site.page({ viewport: { width: 1000, height: 740 } });
      await page.addInitScript(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of /** @type {any[]} */ (list.getEntries())) Object.assign(window, { shift: Reflect.get(window, 'shift') + entry.value }); // prettier-ignore
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(await site.put(page, 'packed.html', pack(join(SAMPLES, name)), { policy: null }));
      const printed = await page.evaluate(told);
      assert.ok(printed.clauses.length > 10 && printed.card.length > 4 && printed.titles.length > 4, name);
      await page.goto(await site.put(page, 'taken.html', pack(join(SAMPLES, name), '--script', kit), { policy: null }));
      await page.locator('policy-reader .head button').first().waitFor({ state: 'attached' });
      await page.locator('policy-reader').evaluate((reader) => Object.assign(reader, { open: 'all' }));
      await page.waitForFunction(
        () => !document.querySelector('policy-reader')?.shadowRoot?.querySelector('[data-wait]'),
      );
      assert.deepEqual(await page.evaluate(told), printed, name);
      assert.ok((await page.evaluate(() => Reflect.get(window, 'shift'))) <= 0.02, `${name} moved`);
      assert.deepEqual(problems, [], name);
    }
  },
);

for (const engine of engines()) {
  describe(engine.name, { timeout: 240_000 }, () => {
    const host = new Host();
    /** @type {Awaited<ReturnType<typeof engine.start>>} */
    let browser;
    before(async () => {
      await host.start();
      browser = await engine.start();
    });
    after(async () => {
      await browser?.stop();
      host.stop();
    });

    test('a hostile policy’s page runs and asks for nothing', async () => {
      for (const name of files(HOSTILE)) {
        const url = host.put('packed.html', { body: pack(join(HOSTILE, name)), policy: null });
        host.asked.length = 0;
        await browser.go(url);
        const seen = await browser.run(async () => {
          for (const link of document.querySelectorAll('a'))
            if (link.getAttribute('href')?.startsWith('#')) link.click();
          // What would run later runs now: errors of images, animations, timers.
          await new Promise((resolve) => setTimeout(resolve, 20));
          const links = [...document.querySelectorAll('a')].map((link) => link.protocol);
          return { pwned: Reflect.get(window, '__pwned') ?? null, text: document.body.textContent ?? '', links };
        });
        assert.equal(seen.pwned, null, name);
        assert.ok(seen.text.includes('手机号码'), `${name}: the policy is not shown`);
        assert.deepEqual(seen.links.filter((p) => !['http:', 'https:', 'mailto:', 'tel:'].includes(p)), [], name); // prettier-ignore
        assert.deepEqual(host.asked.filter((path) => !['packed.html', 'favicon.ico'].includes(path)), [], name); // prettier-ignore
      }
    });
  });
}
