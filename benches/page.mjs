// A policy of 50 kB and one of 1 MB in a slowed-down Chromium → how long the page's own thread is kept from answering.
//
// `cargo xtask bench --page`. The processor is slowed to a quarter as Lighthouse does it for a phone; pages are served with the
// strict policy, so that no worker can be had. Blocking is what each task takes beyond 50 ms, from the first paint on (web.dev,
// Total Blocking Time) until a second after the reader has nothing left to make; `all` counts what was before that too, the
// browser's own work on an empty page among it. First content is the card. A figure is the median of the turns. On a machine
// that does other work too they are larger than they should be.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, ROOT } from '../tests/browser/harness.mjs';

const TURNS = 5;
const SLOWED = 4;

/** A text of about so many bytes: a sample, as often as it takes. @param {number} bytes */
function policy(bytes) {
  const studio = readFileSync(join(ROOT, 'www/samples/studio.md'), 'utf8');
  return studio.repeat(Math.ceil(bytes / Buffer.byteLength(studio)));
}

/** Runs before the page's scripts: notes long tasks, layout shifts and when the card came. */
const WATCH = `
  window.seen = { tasks: [], shift: 0, card: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ end: startTime + duration, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += entry.hadRecentInput ? 0 : entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('policy-ready', () => {
    requestAnimationFrame(() => requestAnimationFrame(() => (seen.card = performance.now())));
  });
`;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const site = await open();
try {
  console.log('policy'.padEnd(10), ...['blocked', 'all', 'longest task', 'first content', 'layout shift'].map((name) => name.padStart(15))); // prettier-ignore
  for (const [name, bytes] of /** @type {const} */ ([
    ['50 kB', 50_000],
    ['1 MB', 1_000_000],
  ])) {
    // prettier-ignore
    /** @type {Record<string, number[]>} */
    const figures = { blocked: [], all: [], longest: [], card: [], shift: [] };
    for (let turn = -1; turn < TURNS; turn++) {
      const { page, context } = await site.page({ viewport: { width: 412, height: 823 } });
      await site.put(page, 'p.md', policy(bytes), { type: 'text/markdown; charset=utf-8' });
      await site.put(page, 'watch.js', WATCH, { type: 'text/javascript' });
      const body =
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title><meta name="viewport" content="width=device-width">' +
        '<script src="watch.js"></script><link rel="stylesheet" href="pkg/policy-reader.css"><script type="module" src="pkg/define.js"></script>' +
        '<policy-reader src="p.md"></policy-reader>';
      const url = await site.put(page, 'own.html', body);
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
      await page.goto(url);
      await page.waitForFunction(() => Reflect.get(window, 'seen').card > 0, undefined, { timeout: 60_000 });
      await page.waitForFunction(() => !document.querySelector('policy-reader')?.shadowRoot?.querySelector('[data-wait]'), undefined, { timeout: 60_000 }); // prettier-ignore
      await page.waitForTimeout(1000);
      const seen = await page.evaluate(() => {
        const { tasks, ...others } = Reflect.get(window, 'seen');
        const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
        const blocking = (/** @type {{ end: number, duration: number }[]} */ tasks) =>
          tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
        const later = tasks.filter((/** @type {{ end: number }} */ task) => task.end > painted);
        const longest = Math.max(0, ...later.map((/** @type {{ duration: number }} */ task) => task.duration));
        return { ...others, blocked: blocking(later), all: blocking(tasks), longest };
      });
      // The first turn fills the caches, as a second visit finds them.
      if (turn >= 0) for (const [key, values] of Object.entries(figures)) values.push(seen[key]);
      await context.close();
    }
    const [blocked, all, longest, card, shift] = ['blocked', 'all', 'longest', 'card', 'shift'].map((key) =>
      median(figures[key] ?? []),
    );
    console.log(
      name.padEnd(10),
      ...[blocked, all, longest, card].map((value) => `${(value ?? 0).toFixed(0)} ms`.padStart(15)),
      (shift ?? 0).toFixed(3).padStart(15),
    );
  }
} finally {
  await site.close();
}
