// Pages that embed the elements → what a reader sees and can do there, by mouse and by keyboard.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browse, ROOT } from './harness.mjs';

/** @import { PolicyReader } from '../../pkg/policy-reader.d.ts' */
/** @import { Page } from 'playwright-core' */

const site = browse();

const POLICY = `# 月台记账隐私政策

更新日期：2025年4月2日

生效日期：2025年4月9日

南京月台软件有限公司（以下简称“我们”）运营月台记账。

## 一、我们收集的信息

### （一）注册与实名

注册时我们会收集您的手机号码。**办理实名认证时，我们还会收集您的身份证号码和人脸照片。**

### （二）识别口令

打开应用时，我们会读取剪贴板内容，用来识别您复制的分享口令。

## 二、信息的共享

我们会向支付机构提供您的银行卡号。名单如下：

| 名称 | 信息 |
| --- | --- |
| 松石推送 | 设备型号 |
| 白桦支付 | 银行卡号 |

## 三、保存

您的信息存储在中华人民共和国境内。账号注销后十五日内删除。

## 四、未成年人

不满十四周岁的儿童使用前，须由监护人同意。

## 五、联系我们

电子邮箱：privacy@yuetai.example ，我们将在十五个工作日内答复。
`;

/**
 * A page under the strict policy, with one style sheet-less body.
 * @param {string} body
 * @param {string} [head]
 */
const html = (body, head = '') =>
  `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>t</title>` +
  `<meta name="viewport" content="width=device-width">` +
  `${head}<script type="module" src="pkg/define.js"></script></head><body>${body}</body></html>`;

const inline = (attributes = '', text = POLICY) =>
  `<policy-reader ${attributes}><script type="text/markdown">${text}</script></policy-reader>`;

/**
 * Opens a page and waits until its first reader, or its card, is there.
 * @param {string} body
 * @param {{ options?: object, hash?: string, files?: Record<string, string> }} [more]
 */
async function show(body, { options, hash = '', files = {} } = {}) {
  const opened = await site.page(options);
  for (const [path, text] of Object.entries(files)) await site.put(opened.page, path, text);
  const url = await site.put(opened.page, 'own.html', html(body));
  await opened.page.goto(url + hash);
  await opened.page.locator('.reader').first().waitFor();
  return opened;
}

/** @param {Page} page @returns {Promise<any>} */
const analysis = (page) =>
  page.locator('policy-reader').evaluate((element) => /** @type {PolicyReader} */ (element).analysis);

/** Whether an element lies within the window, and its text is not hidden in a closed section. */
const inView = (/** @type {Element} */ element) => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.top < innerHeight && element.checkVisibility();
};

test('a policy between the tags becomes card, contents and text, under a strict policy, without a message', async () => {
  const { page, problems } = await show(inline());
  const { sections, clauses, tables } = await analysis(page);
  assert.deepEqual(await page.locator('.card h2').allTextContents(), ['月台记账隐私政策']);
  const ids = await page.locator('.section').evaluateAll((all) => all.map((d) => d.getAttribute('data-id')));
  assert.deepEqual(ids, sections.map((/** @type {any} */ s) => s.id)); // prettier-ignore
  // Nested as the outline says.
  for (const section of sections.filter((/** @type {any} */ s) => s.parent)) {
    await page
      .locator(`[data-id="${section.parent}"] > .body > [data-id="${section.id}"]`)
      .waitFor({ state: 'attached' });
  }
  const shown = await page.locator('.clause').evaluateAll((all) => all.map((c) => [c.id, c.textContent]));
  const expected = clauses.map((/** @type {any} */ c) => [c.id, c.row ? c.text.replaceAll(' | ', '') : c.text]);
  assert.deepEqual(shown, expected);
  assert.deepEqual(await page.locator('th').allTextContents(), tables[0].columns);
  assert.deepEqual(problems, []);
});

test('a card line opens the section of its clause, brings it into view and puts the focus there', async () => {
  const { page } = await show(inline('open="none"'), { options: { viewport: { width: 1280, height: 700 } } });
  const { summary, clauses, sections } = await analysis(page);
  const lines = summary.filter((/** @type {any} */ line) => !line.absent);
  assert.ok(lines.length >= 6, `only ${lines.length} lines`);
  for (const line of lines) {
    await page.locator('policy-reader').evaluate((element) => /** @type {PolicyReader} */ (element).collapseAll());
    await page.locator('.all').evaluate((all) => all.setAttribute('open', ''));
    const link = page.locator(`.rows [data-slot="${line.slot}"] a`).first();
    const id = await link.getAttribute('data-goto');
    assert.ok(line.evidence.includes(id));
    await link.click();
    // The link leads to the text that the line rests on, and names the section it stands in.
    const stated = clauses.find((/** @type {any} */ c) => c.id === id);
    assert.equal(
      await page.locator(`.clause[id="${id}"]`).textContent(),
      stated.row ? stated.text.replaceAll(' | ', '') : stated.text,
    );
    const home = sections.find((/** @type {any} */ s) => s.id === stated.section);
    assert.ok((await link.locator('.to').textContent())?.includes(home.title), `${line.slot}: ${home.title}`);
    const clause = page.locator(`.clause[id="${id}"]`);
    assert.ok(await clause.evaluate(inView), `${line.slot}: ${id} is not in view`);
    assert.ok(await clause.evaluate((c) => /** @type {ShadowRoot} */ (c.getRootNode()).activeElement === c));
    assert.ok(await clause.evaluate((c) => c.classList.contains('flash')));
    assert.equal(new URL(page.url()).hash, `#${id}`);
  }
  await page.goBack();
  assert.ok(page.url().includes('own.html'));
});

test('the page’s own fragment is left alone', async () => {
  const { page } = await show(inline(), { hash: '#/app/settings' });
  await page.locator('.rows a').first().click();
  assert.equal(new URL(page.url()).hash, '#/app/settings');
});

test('a legend switches its highlight and steps through it', async () => {
  const { page } = await show(inline('open="none"'));
  const { clauses } = await analysis(page);
  const marked = clauses.filter((/** @type {any} */ c) =>
    c.marks.some((/** @type {any} */ m) => m.kind === 'sensitive'),
  );
  assert.ok(marked.length >= 2, `only ${marked.length} sensitive clauses`);
  await page.locator('.marks > summary').click();
  const button = page.locator('[data-switch="sensitive"]');
  assert.equal(await button.locator('b').textContent(), String(marked.length));
  const look = () =>
    page
      .locator('mark.sensitive:not(.light)')
      .first()
      .evaluate((m) => getComputedStyle(m).textDecorationLine);
  assert.equal(await look(), 'underline');
  await button.click();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.equal(await look(), 'none');
  // Stepping through what is switched off switches it on.
  for (const [at, clause] of [...marked.entries(), [0, marked[0]]]) {
    await page.locator('[data-step="sensitive"]').click();
    assert.ok(await page.locator(`[id="${clause.id}"]`).evaluate(inView), clause.text);
    assert.match((await page.locator('.position').textContent()) ?? '', new RegExp(` ${at + 1} / ${marked.length}$`));
  }
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.locator('.stepper .up').click();
  assert.ok(await page.locator(`[id="${marked.at(-1).id}"]`).evaluate(inView));
  await page.locator('.stepper .x').click();
  assert.ok(await page.locator('.stepper').isHidden());
});

test('a highlight never stands by colour alone, and tells by touch and key what it means', async () => {
  const { page } = await show(inline('open="all"'));
  const tag = page.locator('.tag.s').first();
  const words = await tag.getAttribute('data-tag');
  assert.match(words ?? '', /^.+·.+$/);
  assert.ok((await tag.evaluate((m) => getComputedStyle(m, '::before').content)).includes(words ?? '?'));
  assert.ok((await tag.getAttribute('aria-label'))?.startsWith(words ?? '?'));
  assert.equal(
    await page
      .locator('.tag')
      .first()
      .evaluate((t) => t.textContent),
    '',
    'the text stays the policy’s own',
  );
  await tag.focus();
  await page.keyboard.press('Enter');
  const pop = page.locator('.pop');
  assert.ok(await pop.isVisible());
  assert.equal(await tag.getAttribute('aria-expanded'), 'true');
  const [kind] = (words ?? '').split(/[·、]/);
  const told = (await pop.locator('dd').allTextContents()).join();
  assert.ok(told.includes(kind ?? '?') && told.includes('《个人信息保护法》'), told);
  await page.keyboard.press('Escape');
  assert.ok(await pop.isHidden());
  // A popover tells of its end a moment later.
  await page.locator('.tag[aria-expanded=true]').waitFor({ state: 'detached' });
});

test('every section opens and closes by one button, and says so', async () => {
  const { page } = await show(inline());
  await page.evaluate(() => {
    const toggled = /** @type {any[]} */ ([]);
    document.addEventListener('policy-toggle', (event) => toggled.push(/** @type {CustomEvent} */ (event).detail));
    Object.assign(window, { toggled });
  });
  const open = () => page.locator('.head [aria-expanded=true]').count();
  const all = await page.locator('.section').count();
  await page.locator('policy-reader').evaluate((r) => /** @type {PolicyReader} */ (r).collapseAll());
  const button = page.locator('[data-expand]');
  assert.equal(await button.textContent(), '全部展开');
  await button.click();
  assert.equal(await open(), all);
  await button.click();
  assert.equal(await open(), 0);
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'toggled')), [], 'no person opened a section');
  await page.locator('.head button').first().click();
  const { sections } = await analysis(page);
  const told = [{ id: 's0', anchor: sections[0].anchor, open: true }];
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'toggled')), told);
});

test('search finds, counts, opens and steps', async () => {
  const { page } = await show(inline('open="none"'));
  await page.locator('input[type=search]').fill('银行卡号');
  const position = page.locator('.count');
  assert.equal(await position.textContent(), '1/2');
  assert.equal(await position.getAttribute('role'), 'status');
  const first = page.locator('.clause', { hasText: '支付机构' });
  assert.ok(await first.evaluate(inView));
  const painted = () =>
    page.evaluate(() => [...(CSS.highlights.get('policy-found') ?? [])].map((range) => String(range)));
  assert.deepEqual(await painted(), ['银行卡号', '银行卡号']);
  await page.keyboard.press('Enter');
  assert.equal(await position.textContent(), '2/2');
  assert.ok(await page.locator('td', { hasText: '银行卡号' }).evaluate(inView));
  await page.keyboard.press('Shift+Enter');
  assert.equal(await position.textContent(), '1/2');
  await page.locator('input[type=search]').fill('没有这样的话');
  assert.equal(await position.textContent(), '没有找到');
  await page.locator('input[type=search]').fill('');
  assert.equal(await position.textContent(), '');
  assert.deepEqual(await painted(), []);
});

test('an address with an anchor opens its section', async () => {
  const first = await show(inline('open="none"'));
  const { sections } = await analysis(first.page);
  const section = sections.find((/** @type {any} */ s) => s.title === '识别口令');
  const { page } = await show(inline('open="none"'), { hash: `#${encodeURIComponent(section.anchor)}` });
  const summary = page.locator(`[data-id="${section.id}"] > .head button`);
  assert.ok(await summary.evaluate(inView));
  assert.equal(await summary.getAttribute('aria-expanded'), 'true');
  assert.ok(await summary.evaluate((s) => /** @type {ShadowRoot} */ (s.getRootNode()).activeElement === s));
  const gone = await page
    .locator('policy-reader')
    .evaluate((r) => /** @type {PolicyReader} */ (r).goTo('no "such] place\\'));
  assert.equal(gone, false);
});

test('contents stand beside the text and mark where the reader is', async () => {
  const { page } = await show(inline('open="all"'), { options: { viewport: { width: 1280, height: 420 } } });
  assert.ok(await page.locator('nav.contents').isVisible());
  assert.ok(await page.locator('.to-contents').isHidden());
  for (const title of ['信息的共享', '识别口令']) {
    const link = page.locator('nav.contents a', { hasText: title });
    await link.click();
    await page.waitForFunction(
      (id) =>
        document
          .querySelector('policy-reader')
          ?.shadowRoot?.querySelector('[aria-current]')
          ?.getAttribute('data-goto') === id,
      await link.getAttribute('data-goto'),
    );
  }
});

test('on a phone the contents are a drawer, by keyboard too', async () => {
  const { page } = await show(inline(), { options: { viewport: { width: 360, height: 740 } } });
  const nav = page.locator('nav.contents');
  assert.ok(await nav.isHidden());
  await page.locator('.to-contents').focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.getByRole('dialog', { name: '目录' }).isVisible());
  assert.ok(await nav.isVisible());
  await page.keyboard.press('Escape');
  assert.ok(await nav.isHidden());
  assert.ok(
    await page.locator('.to-contents').evaluate((b) => /** @type {ShadowRoot} */ (b.getRootNode()).activeElement === b),
  );
  await page.locator('.to-contents').click();
  await nav.locator('a', { hasText: '联系我们' }).click();
  assert.ok(await nav.isHidden());
  assert.ok(await page.locator('.head button', { hasText: '联系我们' }).evaluate(inView));
});

for (const [name, width] of /** @type {const} */ ([
  ['a phone', 360],
  ['400 % zoom', 320],
  ['a desk', 1280],
])) {
  // prettier-ignore
  test(`nothing scrolls sideways but tables: ${name}`, async () => {
    const { page } = await show(inline('open="all"'), { options: { viewport: { width, height: 740 } } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
  });
}

for (const [name, options] of Object.entries({
  light: {},
  dark: { colorScheme: /** @type {const} */ ('dark') },
  narrow: { viewport: { width: 360, height: 740 } },
})) {
  test(`axe finds nothing: ${name}`, async () => {
    const { page } = await show(`<main><h1>t</h1>${inline('open="all"')}</main>`, { options });
    await page.locator('policy-reader').evaluate((r) => /** @type {PolicyReader} */ (r).search('信息'));
    await page.evaluate(readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    const { violations, passes } = await page.evaluate(() => Reflect.get(window, 'axe').run());
    assert.ok(passes.length > 10);
    const found = violations.map(
      (/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`,
    );
    assert.deepEqual(found, []);
  });
}

/** Each state of the elements, with what brings it about. @type {Record<string, [string, (root: ShadowRoot) => void]>} */
const STATES = {
  'all points open': [inline(), (root) => root.querySelector('.all')?.setAttribute('open', '')],
  'everything closed': [inline('open="none"'), () => {}],
  'marks open': [inline(), (root) => root.querySelector('.marks')?.setAttribute('open', '')],
  'a tag told': [inline('open="all"'), (root) => /** @type {HTMLElement} */ (root.querySelector('.tag')).click()],
  'contents in the drawer': [
    inline(),
    (root) => /** @type {HTMLElement} */ (root.querySelector('.to-contents')).click(),
  ],
  'a card beside a form': ['<policy-card compact src="p.md" href="/privacy"></policy-card>', () => {}],
  'not found': ['<policy-reader src="gone.md"></policy-reader>', () => {}],
  waiting: ['<policy-reader src="slow.md"></policy-reader>', () => {}],
};
for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in any state, on a phone and a desk: ${colorScheme}`, { timeout: 120_000 }, async () => {
    const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
    for (const width of [360, 1280]) {
      const { page } = await site.page({ colorScheme, viewport: { width, height: 740 } });
      await site.put(page, 'p.md', POLICY);
      await site.put(page, 'gone.md', '', { status: 404 });
      await page.route('**/slow.md', () => {});
      for (const [state, [body, work]] of Object.entries(STATES)) {
        if (state.includes('drawer') && width > 960) continue;
        await page.goto(await site.put(page, 'own.html', html(`<main><h1>t</h1>${body}</main>`), { policy: null }));
        await page.locator('.card, .fault').first().waitFor({ state: 'attached' });
        await page.evaluate(`(${work})(document.querySelector('policy-reader, policy-card').shadowRoot)`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => Reflect.get(window, 'axe').run());
        const found = violations.map(
          (/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`,
        );
        assert.deepEqual(found, [], `${state}, ${width}`);
      }
    }
  });
}

// What a screen reader is told, from top to bottom: tree.yaml, which `BLESS=1 node --test tests/browser/widget.test.mjs`
// writes anew. Read it before you commit it.
test('what a screen reader is told', async () => {
  const { page } = await show(inline('open="all"'));
  const told = `${await page.locator('policy-reader').ariaSnapshot()}\n`;
  const file = join(ROOT, 'tests/browser/tree.yaml');
  if (process.env.BLESS) writeFileSync(file, told);
  assert.equal(told, readFileSync(file, 'utf8'));
});

test('a source is fetched; its name, type and encoding say how to read it', async () => {
  const opened = await site.page();
  const { page, problems } = opened;
  // “隐私政策。我们收集手机号。” in GB 18030.
  const gbk = Buffer.from('d2fecbbdd5feb2dfa1a3ced2c3c7cad5bcafcad6bbfabac5a1a3', 'hex');
  await site.put(page, 'p/gbk.txt', gbk, { type: 'text/plain' });
  await site.put(page, 'p/a.html', '<h2>一、甲</h2><p>乙<b>丙</b>丁。</p>');
  await page.goto(await site.put(page, 'own.html', html('<policy-reader src="p/gbk.txt"></policy-reader>')));
  await page.locator('.clause', { hasText: '我们收集手机号' }).waitFor();
  await page.locator('policy-reader').evaluate((r) => r.setAttribute('src', 'p/a.html'));
  await page.locator('.clause', { hasText: '乙丙丁。' }).waitFor();
  assert.deepEqual(await page.locator('strong.bold').allTextContents(), ['丙']);
  assert.equal(await page.locator('.reader:not(.state)').count(), 1);
  assert.deepEqual(problems, []);
});

test('a page’s own mark-up is read and stays where it is', async () => {
  const { page } = await show(
    '<policy-reader><article><h2>一、收集</h2><p>您注册账号时，我们会收集您的<b>手机号码</b>，用来登录。</p><h2>二、共享</h2><p>我们不会与其他公司共享您的个人信息。</p></article></policy-reader>',
  );
  assert.equal(await page.locator('strong.bold').first().textContent(), '手机号码');
  assert.equal(await page.locator('policy-reader > article').count(), 1);
  assert.ok(await page.locator('policy-reader > article').isHidden());
});

test('without the source its link stays, and an event says why', async () => {
  const { page } = await site.page();
  await site.put(page, 'gone.md', 'no', { status: 404 });
  const listen = '<script src="listen.js"></script>';
  await site.put(page, 'listen.js', 'addEventListener("policy-error", (e) => (window.said = e.detail.message))', {
    type: 'text/javascript',
  });
  await page.goto(await site.put(page, 'own.html', html('<policy-reader src="gone.md"></policy-reader>', listen)));
  const said = await page.waitForFunction(() => Reflect.get(window, 'said'));
  assert.match(String(await said.jsonValue()), /gone\.md: 404/);
  const link = page.locator('policy-reader a');
  assert.ok(await link.isVisible());
  assert.equal(await link.getAttribute('href'), `${site.url}gone.md`);
});

test('without the module the page’s own text stays', async () => {
  const { page } = await site.page();
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 500, body: '' }));
  await page.route('**/inline.js', (route) => route.fulfill({ status: 500, body: '' }));
  const body = '<policy-reader id="r"><p>自己的文字</p></policy-reader>';
  await page.goto(await site.put(page, 'own.html', html(body)));
  const message = await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('policy-error', (event) => resolve(/** @type {CustomEvent} */ (event).detail.message));
        // Once more, in case the first attempt was over before.
        document.getElementById('r')?.setAttribute('lang', 'en');
      }),
  );
  assert.match(String(message), /500/);
  assert.ok(await page.locator('policy-reader > p').isVisible());
});

test('a host that does not know .wasm serves the reader all the same', async () => {
  const { page, problems } = await site.page();
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { 'content-type': 'application/octet-stream' } });
  });
  await page.goto(await site.put(page, 'own.html', html(inline())));
  await page.locator('.card:not([aria-hidden])').waitFor();
  assert.deepEqual(problems, []);
});

test('the card alone leads to the page with the policy', async () => {
  const body = '<policy-card src="p.md" href="/privacy?x=1"></policy-card>';
  const { page, problems } = await show(body, { files: { 'p.md': POLICY } });
  assert.equal(await page.locator('.toolbar, nav').count(), 0);
  const link = page.locator('.rows a').first();
  const id = await link.getAttribute('data-goto');
  assert.equal(await link.getAttribute('href'), `/privacy?x=1#${id}`);
  assert.equal(await page.locator('.card footer .whole').getAttribute('href'), '/privacy?x=1');
  assert.deepEqual(problems, []);
});

test('attributes set language, light, regions, what is open and what is highlighted', async () => {
  const { page } = await show(inline('lang="en" theme="dark" view="outline" open="all" highlight="bold"'));
  assert.equal(await page.locator('.card').count(), 0);
  assert.equal(await page.locator('[data-expand]').textContent(), 'Expand all');
  assert.equal(await page.locator('.head [aria-expanded=false]').count(), 0);
  assert.equal(await page.locator('[data-switch="sensitive"]').getAttribute('aria-pressed'), 'false');
  assert.equal(await page.locator('[data-switch="bold"]').getAttribute('aria-pressed'), 'true');
  const ground = () => page.locator('.reader').evaluate((r) => getComputedStyle(r).backgroundColor);
  assert.equal(await ground(), 'rgb(18, 22, 26)');
  await page.locator('policy-reader').evaluate((element) => {
    const reader = /** @type {PolicyReader} */ (element);
    reader.theme = 'light';
    reader.view = 'card';
    reader.lang = 'zh-TW';
  });
  await page.locator('.card:not([aria-hidden])').waitFor();
  assert.equal(await ground(), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('.section').count(), 0);
  assert.equal(await page.locator('.reader').getAttribute('lang'), 'zh-Hant');
});

test('labels of another language are fetched when asked for, once, and done without where they are missing', async () => {
  const asked = (/** @type {string[]} */ requests) => requests.filter((path) => path.includes('labels/'));
  const chinese = await show(inline());
  assert.deepEqual(asked(chinese.requests), []);
  const english = await show(inline('lang="en"') + inline('lang="en"'));
  await english.page.locator('policy-reader').nth(1).locator('.reader').waitFor();
  assert.deepEqual(asked(english.requests), ['pkg/labels/en.js']);
  assert.equal(await english.page.locator('.reader').first().getAttribute('lang'), 'en');
  assert.deepEqual(english.problems, []);

  const { page } = await site.page();
  await page.route('**/labels/en.js', (route) => route.fulfill({ status: 200, body: '<!doctype html>not here' }));
  await page.goto(await site.put(page, 'own.html', html(inline('lang="en"'))));
  await page.locator('.reader').waitFor();
  assert.equal(await page.locator('.reader').getAttribute('lang'), 'zh-Hans');
  assert.equal(await page.locator('[data-expand]').textContent(), '全部展开');
});

test('topics are told where asked for, by what is fetched once, and done without where it is missing', async () => {
  const asked = (/** @type {string[]} */ requests) => requests.filter((path) => path.endsWith('topics.bin'));
  const told = (/** @type {Page} */ page) =>
    page
      .locator('policy-reader')
      .first()
      .evaluate((/** @type {PolicyReader} */ reader) => {
        const clauses = reader.analysis?.clauses ?? [];
        const about = (/** @type {string} */ words) => clauses.find((clause) => clause.text.includes(words));
        return [about('手机号码'), about('银行卡号'), about('十四周岁')].map((clause) => clause?.topics.join() ?? null);
      });
  const without = await show(inline());
  assert.deepEqual([asked(without.requests), await told(without.page)], [[], ['', '', '']]);
  const { page, requests, problems } = await show(inline('topics') + inline('topics'));
  await page.locator('policy-reader').nth(1).locator('.reader').waitFor();
  assert.deepEqual(asked(requests), ['pkg/topics.bin']);
  assert.deepEqual(await told(page), ['collection', 'sharing', 'special-audience']);
  assert.deepEqual(problems, []);

  const lacking = await site.page();
  await lacking.page.route('**/topics.bin', (route) => route.fulfill({ status: 200, body: 'not here' }));
  await lacking.page.route('**/inline.js', (route) => route.fulfill({ status: 404, body: '' }));
  await lacking.page.goto(await site.put(lacking.page, 'own.html', html(inline('topics'))));
  await lacking.page.locator('.reader').waitFor();
  assert.deepEqual(await told(lacking.page), ['', '', '']);
});

test('several readers do not meet; one that goes takes everything along', async () => {
  const { page, problems } = await show(
    `${inline('id="a"')}${inline('id="b"', POLICY.replace('月台记账隐私政策', '另一份'))}`,
  );
  await page.locator('#b .card').waitFor();
  await page.locator('#a [data-expand]').click();
  assert.equal(await page.locator('#b [data-expand]').textContent(), '全部展开');
  await page.locator('#a').evaluate((element) => element.remove());
  assert.ok(await page.locator('#b .card').isVisible());
  assert.deepEqual(problems, []);
});

test('any string of JavaScript is a policy: lone surrogates, NUL, nothing', async () => {
  const { page, problems } = await show(inline());
  const read = await page.evaluate(async () => {
    const url = new URL('pkg/policy-reader.js', document.baseURI).href;
    const { analyze, cardHtml, readerHtml } = await import(url);
    const texts = ['', '\uD800', '一、\uDC00甲\uD83D\n\n乙\uDFFF。', 'a\0b', '\uFEFF', '*'.repeat(5000)];
    const out = [];
    for (const text of texts) {
      const { schema, clauses } = await analyze(text);
      out.push(schema + (await cardHtml(text)).length * 0 + (await readerHtml(text, { lang: 'en' })).length * 0);
      for (const clause of clauses) if (!clause.text.isWellFormed()) out.push(clause.text);
    }
    return out;
  });
  assert.deepEqual(read, [1, 1, 1, 1, 1, 1]);
  const wrong = await page.evaluate(async () => {
    const { analyze } = await import(new URL('pkg/policy-reader.js', document.baseURI).href);
    return analyze('', { format: 'pdf' }).catch((/** @type {Error} */ error) => error.message);
  });
  assert.equal(wrong, 'format is "pdf", it must be markdown, html or plain');
  assert.deepEqual(problems, []);
});
