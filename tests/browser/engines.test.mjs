// @ts-nocheck: its functions run in pages, with what watch.js defines there; a null is a failed test all the same.

// Pages that embed the elements, in Chromium, Firefox and WebKit alike → what a reader and a page see there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { KEYS, engines } from './engines.mjs';
import { Host } from './host.mjs';
import { ROOT } from './harness.mjs';

/** @import { PolicyReader } from '../../pkg/policy-reader.d.ts' */

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

/** @param {string} body @param {string} [head] */
const html = (body, head = '') =>
  `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>t</title>` +
  `<meta name="viewport" content="width=device-width">${head}` +
  `<script type="module" src="pkg/define.js"></script></head><body>${body}</body></html>`;

const inline = (attributes = '', text = POLICY) =>
  `<policy-reader ${attributes}><script type="text/markdown">${text}</script></policy-reader>`;

/** Runs in every page before its own scripts: what went wrong, and what the elements said. */
const WATCH = `
  window.problems = [];
  window.said = [];
  addEventListener('error', (event) => problems.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => problems.push(String(event.reason)));
  addEventListener('securitypolicyviolation', (event) => problems.push(event.violatedDirective + ' ' + event.blockedURI));
  for (const name of ['ready', 'error', 'toggle', 'search', 'section-view', 'read-end']) {
    addEventListener('policy-' + name, (event) => said.push({ name, id: event.target.id, ...JSON.parse(JSON.stringify(event.detail)) }));
  }
  // Waits until something is so, and tells what it was instead.
  window.until = async (test, what) => {
    for (let i = 0; i < 200; i++) {
      const value = await test();
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('never: ' + (what || test) + ' ' + JSON.stringify(said) + document.body.textContent.slice(0, 200));
  };
  window.root = (id) => (id ? document.getElementById(id) : document.querySelector('policy-reader, policy-card')).shadowRoot;
  window.heard = (name, id = '') => until(() => said.find((event) => event.name === name && (!id || event.id === id)), name);
`;

for (const engine of engines()) {
  describe(engine.name, { timeout: 240_000 }, () => {
    const host = new Host();
    /** @type {Awaited<ReturnType<typeof engine.start>>} */
    let browser;
    before(async () => {
      await host.start();
      host.put('watch.js', WATCH);
      host.put('axe.js', readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js')));
      browser = await engine.start();
    });
    after(async () => {
      await browser?.stop();
      host.stop();
    });

    /**
     * Opens a page with this body, and runs something in it.
     * @template T
     * @param {string} body
     * @param {() => T | Promise<T>} work
     * @param {{ hash?: string, policy?: string | null }} [more]
     */
    async function seen(body, work, { hash = '', policy } = {}) {
      const url = host.put('own.html', { body: html(body, '<script src="watch.js"></script>'), policy });
      await browser.go('about:blank');
      await browser.go(url + hash);
      return browser.run(work);
    }
    /** What the pages' own scripts define. @type {any} */
    const window = undefined;
    const { said, problems, until, heard, root } = /** @type {any} */ ({});
    void [window, said, problems, until, heard, root];

    test('a policy between the tags is read under a strict policy, without a problem', async () => {
      const seenThere = await seen(inline(), async () => {
        await heard('ready');
        return {
          // Firefox asks for an icon, which the policy refuses: that is not ours.
          problems: problems.filter((problem) => !problem.startsWith('img-src')),
          title: root().querySelector('.card h2').textContent,
          clauses: root().querySelectorAll('.clause').length,
        };
      });
      assert.deepEqual(seenThere, { problems: [], title: '月台记账隐私政策', clauses: 14 });
    });

    test('an address that would run is never a link', async () => {
      host.put('gone.md', { status: 404 });
      for (const src of ['javascript:alert(1)', ' java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x']) {
        const hrefs = await seen(`<policy-reader src="${src}"></policy-reader>`, async () => {
          await heard('error');
          const links = [...root().querySelectorAll('a'), ...document.querySelectorAll('policy-reader a')];
          return links.map((link) => link.href);
        });
        assert.deepEqual(hrefs, [], src);
      }
      const href = await seen('<policy-reader src="gone.md"></policy-reader>', async () => {
        await heard('error');
        return root().querySelector('a[part~="fallback"]').href;
      });
      assert.equal(href, `${host.url}gone.md`);
    });

    test('content that comes late is read once it has settled, and again when it changes', async () => {
      const texts = await seen('<policy-reader></policy-reader>', async () => {
        await until(() => customElements.get('policy-reader'));
        const reader = document.querySelector('policy-reader');
        await new Promise((resolve) => setTimeout(resolve, 150));
        for (const text of [
          '一、收集',
          '您注册账号时，我们会收集您的手机号码，用来登录。',
          '二、共享',
          '我们不会与其他公司共享您的个人信息。',
        ]) {
          const part = document.createElement(text.endsWith('。') ? 'p' : 'h2');
          part.textContent = text;
          reader.append(part);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await heard('ready');
        const first = [...root().querySelectorAll('.clause')].map((clause) => clause.textContent);
        const times = said.filter((event) => event.name === 'ready').length;
        reader.querySelector('p').firstChild.data = '您注册账号时，我们会收集您的邮箱地址，用来登录。';
        await until(() => root().textContent.includes('邮箱'));
        return [first, times];
      });
      assert.deepEqual(texts, [
        ['您注册账号时，我们会收集您的手机号码，用来登录。', '我们不会与其他公司共享您的个人信息。'],
        1,
      ]);
    });

    test('what is set before the element is defined counts', async () => {
      const text = await seen('', async () => {
        const reader = document.createElement('policy-reader');
        // A script that ran earlier than the module would find an element of no class.
        const early = document.implementation.createHTMLDocument().createElement('policy-reader');
        early.source =
          '# 甲隐私政策\n\n## 一、收集\n\n您注册账号时，我们会收集您的手机号码，用来登录。\n\n## 二、共享\n\n我们不会与其他公司共享您的个人信息。';
        early.open = 'all';
        document.body.append(early);
        void reader;
        await heard('ready');
        return [early.shadowRoot.querySelector('h2').textContent, early.getAttribute('open'), Object.keys(early)];
      });
      assert.deepEqual(text, ['甲隐私政策', 'all', []]);
    });

    test('an element without any policy says so, and reads what comes after all', async () => {
      const code = await seen('<policy-reader></policy-reader>', async () => {
        const { code } = await heard('error');
        document.querySelector('policy-reader').source =
          '一、收集\n您注册账号时，我们会收集您的手机号码，用来登录。\n二、共享\n我们不会与其他公司共享您的个人信息。';
        await heard('ready');
        return [code, root().querySelectorAll('.state').length];
      });
      assert.deepEqual(code, ['empty', 0]);
    });

    test('what is removed is given back, and moved readers stay', async () => {
      host.put('own.md', POLICY);
      const grown = await seen(inline('id="stays"'), async () => {
        await heard('ready');
        const { load } = await import(new URL('pkg/policy-reader.js', document.baseURI).href);
        const { memory } = await load();
        const text = document.querySelector('script[type="text/markdown"]').textContent;
        let kept;
        const round = async (times) => {
          for (let i = 0; i < times; i++) {
            const reader = document.createElement('policy-reader');
            reader.id = `r${i}`;
            reader.source = text;
            said.length = 0;
            document.body.append(reader);
            await heard('ready');
            reader.remove();
            kept = reader;
            await new Promise((resolve) => setTimeout(resolve));
          }
        };
        await round(20);
        const before = memory.buffer.byteLength;
        await round(40);
        const stays = document.getElementById('stays');
        const nodes = stays.shadowRoot.querySelectorAll('*').length;
        document.body.append(document.createElement('main'));
        document.querySelector('main').append(stays);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return {
          bytes: memory.buffer.byteLength - before,
          left: kept.shadowRoot.querySelectorAll('*:not(slot)').length,
          moved: stays.shadowRoot.querySelectorAll('*').length === nodes,
        };
      });
      assert.deepEqual(grown, { bytes: 0, left: 0, moved: true });
    });

    test('two readers on a page answer their own links each', async () => {
      const other = POLICY.replaceAll('手机号码', '邮箱地址').replace('月台记账隐私政策', '另一份隐私政策');
      const gone = await seen(inline('id="a"') + inline('id="b"', other), async () => {
        await heard('ready', 'a');
        await heard('ready', 'b');
        const ids = ['a', 'b'].map((id) => root(id).querySelector('.card a[data-goto]').getAttribute('href'));
        const out = [];
        for (const id of ['b', 'a']) {
          document.getElementById('a').collapseAll();
          document.getElementById('b').collapseAll();
          const link = root(id).querySelector('.card a[data-goto]');
          // As from another tab: the fragment alone tells which it is.
          location.hash = link.getAttribute('href');
          const goto = link.dataset.goto;
          await until(() => root(id).querySelector('.flash'));
          const shown = (reader) =>
            [...root(reader).querySelectorAll('.clause')].filter((c) => c.id.endsWith(goto) && c.checkVisibility())
              .length;
          out.push([shown('a'), shown('b')]);
        }
        return [ids[0] === ids[1], out];
      });
      assert.deepEqual(gone, [false, [[0, 1], [1, 0]]]); // prettier-ignore
    });

    test('each state says what it is, why, and what can be done', async () => {
      host.put('gone.md', { status: 404 });
      host.put('broken.md', { status: 503 });
      host.put('blank.md', ' \n\n ');
      host.put('file.md', { body: Buffer.from('255044462d312e340a000000000000', 'hex'), type: 'application/pdf' });
      host.put('dropped.md', { drop: true });
      const elsewhere = host.url.replace('127.0.0.1', 'localhost');
      const cases = [
        ['gone.md', 'not-found', true],
        ['broken.md', 'http', true],
        ['blank.md', 'empty', false],
        ['file.md', 'binary', false],
        ['dropped.md', 'network', true],
        [`${elsewhere}own.md`, 'cors', true],
      ];
      for (const [src, code, retry] of cases) {
        const shown = await seen(
          `<policy-reader src="${src}"></policy-reader>`,
          async () => {
            const { code } = await heard('error');
            const state = root().querySelector('.state');
            const link = state.querySelector('a');
            return [
              code,
              state.dataset.code,
              state.querySelector('h2').textContent.length > 4,
              Boolean(state.querySelector('button')),
              link.checkVisibility(),
              root().querySelectorAll('.card, .skeleton').length,
            ];
          },
          { policy: null },
        );
        assert.deepEqual(shown, [code, code, true, retry, true, 0], src);
      }
    });

    test('what is no policy gets a sentence and no card; the page’s own content stays', async () => {
      host.put('lost.md', '# 404\n\n抱歉，您访问的页面不存在。\n\n返回首页');
      host.put(
        'shell.html',
        '<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="app.js"></script></body></html>',
      );
      host.put(
        'news.md',
        '# 本周天气\n\n'.concat(
          '周一多云，气温十五到二十度，适合出门散步。周二有小雨，请带伞。周三转晴，风力三级。\n\n'.repeat(8),
        ),
      );
      const codes = [];
      for (const src of ['lost.md', 'shell.html', 'news.md']) {
        codes.push(
          await seen(`<policy-reader src="${src}"></policy-reader>`, async () => {
            const { code } = await heard('error');
            const state = root().querySelector('.state');
            return [
              code,
              state.querySelector('p').textContent.length > 5,
              state.querySelector('a').checkVisibility(),
              root().querySelectorAll('.card').length,
              said.filter((event) => event.name === 'ready').length,
            ];
          }),
        );
      }
      assert.deepEqual(codes.map(([code]) => code), ['not-found', 'script-shell', 'no-policy']); // prettier-ignore
      for (const [, ...rest] of codes) assert.deepEqual(rest, [true, true, 0, 0]);
      const own = await seen(
        `<policy-reader><p>${'周一多云，适合出门散步。周二有小雨，请带伞。'.repeat(9)}</p></policy-reader>`,
        async () => {
          await heard('error');
          return [
            document.querySelector('policy-reader > p').checkVisibility(),
            root().querySelectorAll('.state').length,
            root().querySelectorAll('.card, .text').length,
          ];
        },
      );
      assert.deepEqual(own, [true, 1, 0]);
    });

    test('while it waits an outline keeps the place; a second try shows the policy', async () => {
      host.put('late.md', { body: POLICY, wait: 600 });
      const waits = await seen('<policy-reader src="late.md"></policy-reader>', async () => {
        const skeleton = await until(() => root()?.querySelector('.skeleton'));
        const high = skeleton.getBoundingClientRect().height >= innerHeight - 1;
        const busy = skeleton.getAttribute('aria-busy');
        await heard('ready');
        return [high, busy, root().querySelectorAll('.state').length];
      });
      assert.deepEqual(waits, [true, 'true', 0]);
      host.put('again.md', { status: 500 });
      const first = await seen(
        '<policy-reader src="again.md"></policy-reader>',
        async () => (await heard('error')).code,
      );
      assert.equal(first, 'http');
      host.put('again.md', POLICY);
      const text = await browser.run(async () => {
        root().querySelector('.state button').click();
        await heard('ready');
        return root().querySelector('h2').textContent;
      });
      assert.equal(text, '月台记账隐私政策');
    });

    test('the page’s own text stays where the address gives nothing', async () => {
      host.put('gone.md', { status: 404 });
      const own = await seen('<policy-reader src="gone.md"><p>自己的文字</p></policy-reader>', async () => {
        await heard('error');
        return document.querySelector('policy-reader > p').checkVisibility();
      });
      assert.equal(own, true);
    });

    test('a name is a hint, the text decides', async () => {
      host.put(
        'plain.html',
        '一、收集\n\n您注册账号时，我们会收集您的手机号码，用来登录。\n\n二、共享\n\n我们不会与其他公司共享您的个人信息。',
      );
      host.put(
        'marked.html',
        '# 甲隐私政策\n\n## 一、收集\n\n您注册账号时，我们会收集您的**手机号码**，用来登录。\n\n## 二、共享\n\n我们不会与其他公司共享您的个人信息。',
      );
      host.put(
        'page.md',
        '<!doctype html><h1>甲隐私政策</h1><h2>一、收集</h2><p>您注册账号时，我们会收集您的<b>手机号码</b>，用来登录。</p><h2>二、共享</h2><p>我们不会与其他公司共享您的个人信息。</p>',
      );
      const shapes = [];
      for (const src of ['plain.html', 'marked.html', 'page.md']) {
        shapes.push(
          await seen(`<policy-reader src="${src}"></policy-reader>`, async () => {
            await heard('ready');
            return document.querySelector('policy-reader').analysis.meta.shape;
          }),
        );
      }
      assert.deepEqual(shapes, ['plain', 'markdown', 'html']);
    });

    test('what a person does is told, what a script does is not', async () => {
      const told = await seen(inline('open="none"'), async () => {
        await heard('ready');
        const reader = document.querySelector('policy-reader');
        reader.expandAll();
        reader.collapseAll();
        reader.goTo('c3');
        const before = said.filter((event) => event.name === 'toggle').length;
        const last = [...root().querySelectorAll('.head button')].at(-1);
        if (last.getAttribute('aria-expanded') === 'true') last.click();
        last.click();
        const input = root().querySelector('input');
        input.value = '银行卡号';
        input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        reader.expandAll();
        root().querySelector('.end').scrollIntoView();
        await heard('section-view');
        await heard('read-end');
        const { text, count } = said.find((event) => event.name === 'search');
        return [before, said.filter((event) => event.name === 'toggle').map((event) => event.open), text, count];
      });
      assert.deepEqual(told, [0, [true], '银行卡号', 2]);
    });

    test('half a word of an input method is not looked for', async () => {
      const counts = await seen(inline(), async () => {
        await heard('ready');
        const input = root().querySelector('input');
        const send = (kind, value) => {
          if (value !== undefined) input.value = value;
          input.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
          return root().querySelector('.count').textContent;
        };
        send('compositionstart');
        return [send('input', 'yinhang'), send('compositionend', '银行')];
      });
      assert.deepEqual(counts, ['', '1/2']);
    });

    test('an attribute that changes leaves what was opened, searched and switched', async () => {
      const kept = await seen(inline('open="none"'), async () => {
        await heard('ready');
        const reader = document.querySelector('policy-reader');
        root().querySelector('[data-id="s4"] button').click();
        root().querySelector('.all').open = true;
        reader.search('银行卡号');
        root().querySelector('[data-switch="sensitive"]').click();
        const state = () => [
          [...root().querySelectorAll('.head [aria-expanded=true]')]
            .map((b) => b.closest('.section').dataset.id)
            .join(),
          root().querySelector('input').value,
          root().querySelector('[data-switch="sensitive"]').getAttribute('aria-pressed'),
          root().querySelector('.all').open,
          root().querySelector('.count').textContent,
        ];
        const before = state();
        said.length = 0;
        reader.lang = 'en';
        await heard('ready');
        return [
          JSON.stringify(before) === JSON.stringify(state()),
          root().querySelector('[data-expand]').textContent,
          before[0].includes('s4'),
        ];
      });
      assert.deepEqual(kept, [true, 'Expand all', true]);
    });

    test('the page’s own look stays outside', async () => {
      host.put(
        'host.css',
        'body, policy-reader { letter-spacing: 9px; font-style: italic; font-weight: 900; text-indent: 3em; text-transform: uppercase; text-shadow: 0 0 9px red; word-break: break-all; text-align: right; line-height: 5; color: red; white-space: pre; word-spacing: 9px; font-variant: small-caps; hyphens: auto; cursor: wait; }',
      );
      const names = [
        'letter-spacing',
        'font-style',
        'font-weight',
        'text-indent',
        'text-transform',
        'text-shadow',
        'word-break',
        'text-align',
        'white-space',
        'word-spacing',
        'font-variant-caps',
        'color',
        'line-height',
        'cursor',
      ];
      const looks = [];
      for (const sheet of ['', '<link rel="stylesheet" href="host.css">']) {
        const url = host.put('own.html', html(inline(), `${sheet}<script src="watch.js"></script>`));
        await browser.go('about:blank');
        await browser.go(url);
        looks.push(
          await browser.run(async (names) => {
            await heard('ready');
            const look = getComputedStyle(root().querySelector('.clause'));
            return names.map((name) => `${name}: ${look.getPropertyValue(name)}`);
          }, names),
        );
      }
      assert.deepEqual(looks[1], looks[0]);
    });

    test('a server’s rendering stays until there is something better', async () => {
      host.put('p.md', { body: POLICY, wait: 300 });
      host.put('none.md', { status: 404 });
      const body = (src) =>
        `<policy-reader src="${src}"><template shadowrootmode="open"><p id="served">先有的</p></template></policy-reader>`;
      const kept = await seen(body('p.md'), async () => {
        await until(() => customElements.get('policy-reader'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        const before = root().querySelectorAll('#served').length + root().querySelectorAll('.skeleton').length * 10;
        await heard('ready');
        return [before, root().querySelectorAll('#served').length, root().querySelectorAll('.card').length];
      });
      assert.deepEqual(kept, [1, 0, 1]);
      const lost = await seen(body('none.md'), async () => {
        await heard('error');
        return [root().querySelectorAll('#served').length, root().querySelectorAll('.state').length];
      });
      assert.deepEqual(lost, [1, 0]);
    });

    test('an app’s web view is told what happens, where the page asks for it', async () => {
      const told = await seen(inline('bridge'), async () => {
        window.PolicyReaderAndroid = {
          got: [],
          postMessage: (text) => window.PolicyReaderAndroid.got.push(JSON.parse(text).event),
        };
        await until(() => customElements.get('policy-reader'));
        document.querySelector('policy-reader').retry();
        said.length = 0;
        await heard('ready');
        root().querySelector('.head button').click();
        return window.PolicyReaderAndroid.got;
      });
      assert.deepEqual(told.filter((event) => event !== 'policy-section-view').slice(0, 2), [
        'policy-ready',
        'policy-toggle',
      ]);
    });

    test('a standard chooses what is marked; lists and text can be saved', async () => {
      const saved = await seen(inline('standard="gbt-45574"'), async () => {
        await heard('ready');
        const { saved, listsCsv } = await import(new URL('pkg/policy-reader.js', document.baseURI).href);
        const { analysis } = document.querySelector('policy-reader');
        const marks = [...root().querySelectorAll('mark.sensitive')].map((mark) => mark.textContent);
        const text = async (kind, list) => (await saved(analysis, kind, list)).text;
        const markdown = await text('markdown');
        return {
          marks,
          markdown:
            markdown.includes('## 二、信息的共享\n\n我们会向支付机构提供您的银行卡号。') &&
            markdown.includes('| 松石推送 | 设备型号 |'),
          html: (await text('html')).includes('<td>白桦支付'),
          csv: (await text('csv')).startsWith('\uFEFF"已收集个人信息清单"'),
          one: (await listsCsv(analysis, 'recipients')).startsWith('\uFEFF"第三方","公司"'),
          json: JSON.parse(await text('json', 'collected')).kind,
          name: (await saved(analysis, 'csv')).name,
        };
      });
      const marks = saved.marks.join('');
      assert.ok(marks.includes('人脸') && !marks.includes('身份证'), marks);
      assert.deepEqual(
        { ...saved, marks: [] },
        {
          marks: [],
          markdown: true,
          html: true,
          csv: true,
          one: true,
          json: 'collected',
          name: '月台记账隐私政策.csv',
        },
      );
    });

    test('lists and checklist are fetched with their tabs, sorted, filtered, and lead to the text', async () => {
      host.asked.length = 0;
      const first = await seen(inline('open="none"'), async () => {
        await heard('ready');
        const tabs = [...root().querySelectorAll('.tabs [role=tab]')];
        return tabs.map((tab) => [tab.textContent, tab.getAttribute('aria-selected'), tab.tabIndex].join());
      });
      assert.match(first.join(' '), /^正文,true,0 清单 \d+,false,-1 对照 \d+\/28,false,-1$/);
      assert.deepEqual(host.asked.filter((path) => path.includes('lists')), []); // prettier-ignore
      const listed = await browser.run(async () => {
        const panel = root().querySelector('#policy-lists');
        root().querySelector('[data-tab=lists]').click();
        const part = await until(() => panel.querySelector('section:not([hidden])'));
        const names = () =>
          [...part.querySelectorAll('tbody tr:not([hidden]) th')].map((name) => name.textContent).join();
        const out = { text: root().querySelector('.text').checkVisibility(), before: names() };
        part.querySelector('[data-sort=item]').click();
        out.sorted = [part.querySelector('[aria-sort]').getAttribute('aria-sort'), names()].join(':');
        part.querySelector('[data-sort=item]').click();
        part.querySelector('[data-sort=item]').click();
        out.again = names() === out.before && !part.querySelector('[aria-sort]');
        const words = panel.querySelector('.end:not([hidden]) .words');
        words.value = '人脸';
        words.dispatchEvent(new Event('input'));
        out.filtered = names();
        out.said = part.querySelector('.shown').textContent;
        words.value = '';
        words.dispatchEvent(new Event('input'));
        const saves = [...panel.querySelectorAll('.end:not([hidden]) [data-save]')];
        out.saves = saves.map((button) => button.dataset.save).join();
        panel.querySelector('[data-list=recipients]').click();
        out.second = panel.querySelector('section:not([hidden])').textContent;
        const link = part.querySelector('tbody td.jump a');
        link.click();
        out.gone = [
          root().querySelector('.text').checkVisibility(),
          root().querySelector('.clause.flash').id === link.dataset.goto,
          document.querySelector('policy-reader').tab,
        ].join();
        return out;
      });
      const sorted = listed.before.split(',').sort(new Intl.Collator('zh-Hans', { numeric: true }).compare);
      assert.equal(listed.sorted.split(':')[0], 'ascending');
      assert.deepEqual(listed.sorted.split(':')[1].split(',').sort(), [...sorted].sort());
      assert.ok(listed.again && listed.before.includes('手机号'), listed.before);
      assert.match(listed.filtered, /^人脸[^,]*$/);
      assert.match(listed.said, /^显示 1 项，共 \d+ 项$/);
      assert.equal(listed.saves, 'csv,markdown,json,markdown,text,html,json');
      assert.equal(listed.second, '没有读到。');
      assert.deepEqual([listed.text, listed.gone], [false, 'true,true,text']);
      const checked = await browser.run(async () => {
        root().querySelector('[data-tab=checklist]').click();
        const panel = root().querySelector('#policy-checklist');
        await until(() => panel.querySelector('.checks'));
        const shown = () => [...panel.querySelectorAll('li:not([hidden])')].map((item) => item.dataset.verdict);
        const all = shown().length;
        panel.querySelector('button[data-verdict="not-mentioned"]').click();
        const pressed = panel.querySelector('[aria-pressed=true]').dataset.verdict;
        return [all, pressed, [...new Set(shown())].join(), shown().length > 0];
      });
      assert.deepEqual(checked, [28, 'not-mentioned', 'not-mentioned', true]);
      const kept = await browser.run(async () => {
        said.length = 0;
        document.querySelector('policy-reader').lang = 'en';
        await heard('ready');
        const panel = root().querySelector('#policy-checklist');
        await until(() => panel.querySelector('.checks'));
        const pressed = panel.querySelector('[aria-pressed=true]');
        return [document.querySelector('policy-reader').tab, pressed.textContent, problems.filter((p) => !p.startsWith('img-src'))]; // prettier-ignore
      });
      assert.deepEqual(kept, ['checklist', 'All 28', []]);
    });

    test('tabs by keyboard: arrows move and choose, one of them is in the order', async () => {
      await seen(inline('open="none"'), async () => {
        await heard('ready');
        root().querySelector('[data-tab=text]').focus();
      });
      const at = () =>
        browser.run(async () => {
          const tab = root().activeElement;
          return [tab.dataset.tab ?? tab.dataset.list, tab.getAttribute('aria-selected'), root().querySelectorAll('.tabs [tabindex="0"]').length].join(); // prettier-ignore
        });
      await browser.keys(KEYS.right);
      assert.equal(await at(), 'lists,true,1');
      await browser.keys(KEYS.right);
      assert.equal(await at(), 'checklist,true,1');
      await browser.keys(KEYS.right);
      assert.equal(await at(), 'text,true,1');
      await browser.keys(KEYS.left);
      await browser.keys(KEYS.left);
      await browser.run(async () => {
        const list = await until(() => root().querySelector('[role=tab][data-list][aria-selected=true]'));
        list.focus();
      });
      await browser.keys(KEYS.right);
      assert.match(await at(), /^(recipients|permissions|collected),true,1$/);
    });

    test('by keyboard alone: past the card to the text, open a part, into the contents and out', async () => {
      const walked = await seen(inline('open="none"'), async () => {
        await heard('ready');
        document.body.tabIndex = -1;
        document.body.focus();
        return 1;
      });
      assert.equal(walked, 1);
      const where = () =>
        browser.run(async () => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return `${at.className || at.localName}:${at.textContent.trim().slice(0, 12)}`;
        });
      await browser.keys(KEYS.tab);
      assert.match(await where(), /^skip:/);
      await browser.keys(KEYS.enter);
      assert.match(await where(), /:引言$/);
      const before = await browser.run(async () => root().activeElement.getAttribute('aria-expanded'));
      await browser.keys(KEYS.enter);
      const after = await browser.run(async () => root().activeElement.getAttribute('aria-expanded'));
      assert.deepEqual([before, after], ['true', 'false']);
    });

    test('the page’s own anchors into its text lead to the same place in the reader', async () => {
      const article =
        '<article><h1>甲隐私政策</h1><h2 id="what">一、收集</h2><p>您注册账号时，我们会收集您的手机号码，用来登录。</p>' +
        '<h2>二、共享</h2><p>我们会与支付机构共享订单号。<a id="here"></a><span>我们不会出售您的个人信息。</span></p></article>';
      const led = await seen(`<a href="#here">t</a><policy-reader open="none">${article}</policy-reader>`, async () => {
        await heard('ready');
        location.hash = '#what';
        await until(() => root().querySelector('.flash'));
        const first = root().querySelector('.flash').textContent;
        location.hash = '#here';
        const clause = await until(() => root().querySelector('.clause.flash'));
        return [first, clause.textContent];
      });
      assert.deepEqual(led, ['一、收集', '我们不会出售您的个人信息。']);
    });

    test('axe finds nothing under any tab, while it waits, and where there is no policy', async () => {
      host.put('gone.md', { status: 404, body: '' });
      host.put('slow.md', { body: POLICY, wait: 5_000 });
      const find = async (state) => {
        const found = await browser.run(async () => {
          const { violations } = await axe.run();
          return violations.map((v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`);
        });
        assert.deepEqual(found, [], state);
      };
      const main = (body) => `<main><h1>t</h1>${body}</main><script src="axe.js"></script>`;
      await seen(main(inline('open="all"')), () => heard('ready'));
      await find('text');
      for (const tab of ['lists', 'checklist']) {
        await browser.run(async (name) => {
          root().querySelector(`[data-tab=${name}]`).click();
          await until(() => root().querySelector(`#policy-${name} :is(table, .checks)`)?.checkVisibility());
        }, tab);
        await find(tab);
      }
      for (const list of ['recipients', 'permissions']) {
        await browser.run(async (name) => {
          root().querySelector('[data-tab=lists]').click();
          (await until(() => root().querySelector(`[data-list=${name}]`))).click();
        }, list);
        await find(list);
      }
      await seen(main('<policy-reader src="gone.md"></policy-reader>'), () =>
        until(() => root()?.querySelector('.fault')),
      );
      await find('not found');
      await seen(main('<policy-reader src="slow.md"></policy-reader>'), () =>
        until(() => root()?.querySelector('.reader')),
      );
      await find('waiting');
      await seen(main('<policy-card compact src="gone.md" href="/p"></policy-card>'), () => until(() => root()?.querySelector('.fault'))); // prettier-ignore
      await find('a card without its policy');
    });

    test('Latin words keep the spaces of the text: WebKit draws glyphs over each other otherwise', async () => {
      const spacing = await seen(inline(), async () => {
        await heard('ready');
        return getComputedStyle(root().querySelector('.clause')).getPropertyValue('text-autospace');
      });
      assert.ok(['', 'no-autospace'].includes(spacing), spacing);
    });
  });
}
