// The demo → Lighthouse's scores on a phone, an error below 95 of 100.
//
// `cargo xtask bench --lighthouse`. Lighthouse is fetched for the run alone: it is two hundred packages that nothing else
// here needs. The last version that runs on the Node that the other tools ask for.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, chrome } from '../tests/browser/harness.mjs';

const PACKAGE = 'lighthouse@12.8.2';
const ASKED = ['performance', 'accessibility', 'best-practices'];
const LEAST = 95;
const SHOWN = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

const site = await open();
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
try {
  const report = join(folder, 'report.json');
  const flags = ['--chrome-flags=--headless=new --no-sandbox', `--only-categories=${ASKED}`, '--quiet'];
  const where = ['--output=json', `--output-path=${report}`];
  const env = { ...process.env, CHROME_PATH: chrome() };
  const run = spawnSync('npx', ['--yes', PACKAGE, site.url, ...flags, ...where], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${PACKAGE}: ${run.error ?? run.stderr}`);
  const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
  for (const name of SHOWN) console.log(name.padEnd(26), audits[name].displayValue);
  for (const name of ASKED) {
    const score = Math.round(100 * categories[name].score);
    console.log(name.padEnd(26), score);
    if (score < LEAST) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
  await site.close();
}
