// The demo → target/shots/: pictures of its first screen and of the whole page at three widths, light and dark, and of the
// states of the reader that are opened by hand; with --readme, the three pictures of README.md anew.
//
// usage: node tools/shots.mjs [--readme] [FRAGMENT …]     e.g. `#sample=2`; the demo's own start where there is none

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, ROOT } from '../tests/browser/harness.mjs';

/** @import { PolicyReader } from '../pkg/policy-reader.d.ts' */

const folder = join(ROOT, 'target/shots');
mkdirSync(folder, { recursive: true });
mkdirSync(join(ROOT, 'www/pictures'), { recursive: true });
const readme = process.argv.includes('--readme');
const given = process.argv.slice(2).filter((argument) => argument !== '--readme');
const fragments = given.length ? given : [''];
const site = await open();

/** States of a reader, each with what brings it about. @type {Record<string, (reader: PolicyReader) => void | Promise<void>>} */
const STATES = {
  card: () => {},
  all: (reader) => reader.shadowRoot?.querySelector('.all')?.setAttribute('open', ''),
  text: (reader) => {
    reader.expandAll();
    reader.goTo('c12');
  },
  tag: (reader) => {
    reader.expandAll();
    const tag = /** @type {HTMLElement} */ (reader.shadowRoot?.querySelector('.tag.s'));
    tag.scrollIntoView({ block: 'center' });
    tag.click();
  },
  table: (reader) => {
    reader.expandAll();
    reader.shadowRoot?.querySelector('.scroll')?.scrollIntoView({ block: 'center' });
  },
  find: (reader) => void reader.search('信息'),
  lists: (reader) => {
    reader.tab = 'lists';
    reader.shadowRoot?.querySelector('.toolbar')?.scrollIntoView();
  },
  recipients: async (reader) => {
    reader.tab = 'lists';
    reader.shadowRoot?.querySelector('.toolbar')?.scrollIntoView();
    let tab;
    while (
      !(tab = /** @type {HTMLElement | null | undefined} */ (
        reader.shadowRoot?.querySelector('[data-list=recipients]')
      ))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    tab.click();
  },
  checklist: (reader) => {
    reader.tab = 'checklist';
    reader.shadowRoot?.querySelector('.toolbar')?.scrollIntoView();
  },
  contents: (reader) => {
    reader.goTo('s2');
    /** @type {HTMLElement} */ (reader.shadowRoot?.querySelector('[data-action=contents]')).click();
  },
};

/** A page with nothing but an element. @param {import('playwright-core').Page} page @param {string} element */
async function alone(page, element) {
  const body =
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
    '<meta name="viewport" content="width=device-width"><title>t</title><link rel="stylesheet" href="alone.css">' +
    `<script type="module" src="pkg/define.js"></script>${element}`;
  await site.put(page, 'alone.css', 'body { margin: 0 }', { type: 'text/css' });
  await site.put(page, 'slow.md', '');
  await page.goto(await site.put(page, 'alone.html', body));
}

const READER = '<policy-reader src="www/samples/studio.md"></policy-reader>';
const ELEMENTS = {
  compact: '<policy-card compact src="www/samples/studio.md" href="/privacy"></policy-card>',
  missing: '<policy-reader src="gone.md"></policy-reader>',
  empty: '<policy-reader src="slow.md"></policy-reader>',
};

try {
  for (const width of readme ? [360, 1280] : [360, 768, 1280]) {
    for (const colorScheme of readme ? /** @type {const} */ (['light']) : /** @type {const} */ (['light', 'dark'])) {
      const viewport = { width, height: width < 700 ? 740 : 900 };
      const { page, context, problems } = await site.page({
        viewport,
        colorScheme,
        deviceScaleFactor: 1,
        locale: 'zh-CN',
      });
      if (readme) {
        await alone(page, READER);
        await page.locator('policy-reader .card:not([aria-hidden])').waitFor();
        await page.screenshot({ path: join(ROOT, `www/pictures/${width < 700 ? 'phone' : 'wide'}.png`) });
        if (width > 700) {
          await page.locator('policy-reader').evaluate(/** @type {(element: Element) => any} */ (STATES.recipients));
          await page.setViewportSize({ width, height: 420 });
          await page.locator('.toolbar').evaluate((bar) => bar.scrollIntoView());
          await page.screenshot({ path: join(ROOT, 'www/pictures/lists.png') });
        }
        await context.close();
        continue;
      }
      for (const [index, fragment] of fragments.entries()) {
        await page.goto('about:blank');
        await page.goto(site.url + fragment, { waitUntil: 'networkidle' });
        const name = join(folder, `${width}-${colorScheme}${fragments.length > 1 ? `-${index}` : ''}`);
        await page.screenshot({ path: `${name}.png` });
        await page.screenshot({ path: `${name}-full.png`, fullPage: true });
        console.log(`${name}.png`);
      }
      for (const [state, work] of Object.entries(STATES)) {
        if (state === 'contents' && width > 960) continue;
        await alone(page, READER);
        await page.locator('policy-reader .card:not([aria-hidden])').waitFor();
        await page.locator('policy-reader').evaluate(/** @type {(element: Element) => void} */ (work));
        await page.waitForTimeout(300);
        await page.screenshot({ path: join(folder, `${width}-${colorScheme}-${state}.png`) });
      }
      for (const [state, element] of Object.entries(ELEMENTS)) {
        await alone(page, element);
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(folder, `${width}-${colorScheme}-${state}.png`) });
      }
      for (const problem of problems)
        if (!problem.includes('404')) console.error(`${width} ${colorScheme}: ${problem}`);
      await context.close();
    }
  }
} finally {
  await site.close();
}
