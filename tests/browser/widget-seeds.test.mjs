// The corpus' seed policies in the built element → card, outline and highlights as analysed; every card line finds its
// clause. The texts are read where they stand, outside the repository; without them there is nothing to look at.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browse, seeds } from './harness.mjs';

/** @import { PolicyReader, Analysis } from '../../pkg/policy-reader.d.ts' */

const site = browse();

for (const { id, text } of seeds()) {
  for (const width of [1280, 360]) {
    test(`seed ${id} reads in ${width} px`, async () => {
      const { page, problems } = await site.page({ viewport: { width, height: 780 } });
      await site.put(page, 'seed.txt', text);
      const html =
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title>' +
        '<meta name="viewport" content="width=device-width"><script type="module" src="pkg/define.js"></script>' +
        '<policy-reader src="seed.txt" open="none"></policy-reader>';
      await page.goto(await site.put(page, 'own.html', html));
      // The skeleton has a card of its own, that nobody hears.
      await page.locator('.card:not([aria-hidden])').waitFor();
      const reader = page.locator('policy-reader');
      const view = /** @type {Analysis} */ (
        await reader.evaluate((element) => /** @type {PolicyReader} */ (element).analysis)
      );

      await reader.evaluate((element) => /** @type {PolicyReader} */ (element).expandAll());
      // The outline, nested as analysed.
      const outline = await page.locator('.section').evaluateAll(
        (all) =>
        all.map((d) => [d.getAttribute('data-id'), d.parentElement?.closest('.section')?.getAttribute('data-id') ?? null]), // prettier-ignore
      );
      assert.deepEqual(outline, view.sections.map((section) => [section.id, section.parent])); // prettier-ignore

      // Every clause, whole.
      const shown = await page.locator('.clause').evaluateAll((all) => all.map((c) => [c.id, c.textContent]));
      const squeeze = (/** @type {string} */ s) => s.replaceAll(' | ', '');
      assert.deepEqual(
        shown.map(([c, t]) => [c, squeeze(t ?? '')]),
        view.clauses.map((c) => [c.id, squeeze(c.text)]),
      );

      // Highlights: what is bold and what is sensitive, clause by clause.
      const bold = await page.locator('.clause:has(strong.bold)').evaluateAll((all) => all.map((c) => c.id));
      assert.deepEqual(bold, view.clauses.filter((c) => c.bold.length).map((c) => c.id)); // prettier-ignore
      const marked = await page.locator('.clause:has(mark.sensitive)').evaluateAll((all) => all.map((c) => c.id));
      const sensitive = view.clauses.filter((c) => c.marks.some((mark) => mark.kind === 'sensitive'));
      assert.deepEqual(marked, sensitive.map((c) => c.id)); // prettier-ignore
      assert.ok(marked.length > 0);

      // Every line of the card leads to one of its clauses, opened and in view.
      const stated = view.summary.filter((line) => !line.absent);
      assert.ok(stated.length >= 6, `only ${stated.length} lines`);
      for (const line of stated) {
        await reader.evaluate((element) => /** @type {PolicyReader} */ (element).collapseAll());
        const link = page.locator(`.rows [data-slot="${line.slot}"] a`).first();
        await page.locator('.all').evaluate((all) => all.setAttribute('open', ''));
        const target = await link.getAttribute('data-goto');
        assert.ok(target && line.evidence.includes(target), `${line.slot} leads to ${target}`);
        await link.click();
        const found = await page.locator(`.clause[id="${target}"]`).evaluate((clause) => {
          const box = clause.getBoundingClientRect();
          return box.height > 0 && box.top >= 0 && box.top < innerHeight && clause.checkVisibility();
        });
        assert.ok(found, `${line.slot}: ${target} is not in view`);
      }
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(sideways, 0);
      assert.deepEqual(problems, []);
    });
  }
}
