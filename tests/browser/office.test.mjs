// The lists as CSV → the same cells in a spreadsheet: LibreOffice reads them and writes them anew.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './harness.mjs';

/** Cells of a CSV file in which every cell may stand in quotes. @param {string} text */
function cells(text) {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))); // prettier-ignore
}

test('a spreadsheet shows the cells that the list has', { timeout: 180_000 }, async () => {
  const { analyze, listsCsv, load } = /** @type {typeof import('../../pkg/policy-reader.d.ts')} */ (
    await import(join(ROOT, 'pkg/policy-reader.js'))
  );
  await load(readFileSync(join(ROOT, 'pkg/policy_reader_bg.wasm')));
  const analysis = await analyze(readFileSync(join(ROOT, 'www/samples/studio.md'), 'utf8'));
  // What a spreadsheet would compute, split or read as a number.
  analysis.facts.data_items.push({
    item: '=1+1',
    category: 'other',
    platform: null,
    purpose: '甲,"乙"；-3',
    required: true,
    sensitive: [],
    evidence: ['c0'],
  });
  const folder = mkdtempSync(join(tmpdir(), 'policy-reader-office-'));
  try {
    for (const list of /** @type {const} */ (['collected', 'recipients', 'permissions'])) {
      const csv = await listsCsv(analysis, list);
      writeFileSync(join(folder, `${list}.csv`), csv);
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      // UTF-8 with commas, as its dialog proposes for the byte order mark; all cells in quotes on the way out.
      const run = spawnSync('soffice', [
        profile,
        '--headless',
        '--infilter=Text - txt - csv (StarCalc):44,34,76,1',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true',
        '--outdir',
        join(folder, 'out'),
        join(folder, `${list}.csv`),
      ]);
      assert.equal(run.status, 0, String(run.stderr));
      assert.deepEqual(cells(readFileSync(join(folder, 'out', `${list}.csv`), 'utf8')), cells(csv));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
