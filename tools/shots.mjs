// The demo → target/shots/: pictures of its first screen and of the whole page at three widths, light and dark.
//
// usage: node tools/shots.mjs [FRAGMENT …]     e.g. `#sample=2`; the demo's own start where there is none

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, ROOT } from '../tests/browser/harness.mjs';

const folder = join(ROOT, 'target/shots');
mkdirSync(folder, { recursive: true });
const fragments = process.argv.length > 2 ? process.argv.slice(2) : [''];
const site = await open();
try {
  for (const width of [360, 768, 1280]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const viewport = { width, height: width < 700 ? 740 : 900 };
      const { page, context, problems } = await site.page({ viewport, colorScheme, deviceScaleFactor: 1 });
      for (const [index, fragment] of fragments.entries()) {
        await page.goto('about:blank');
        await page.goto(site.url + fragment, { waitUntil: 'networkidle' });
        const name = join(folder, `${width}-${colorScheme}${fragments.length > 1 ? `-${index}` : ''}`);
        await page.screenshot({ path: `${name}.png` });
        await page.screenshot({ path: `${name}-full.png`, fullPage: true });
        console.log(`${name}.png`);
      }
      for (const problem of problems) console.error(`${width} ${colorScheme}: ${problem}`);
      if (problems.length) process.exitCode = 1;
      await context.close();
    }
  }
} finally {
  await site.close();
}
