// @ts-nocheck: its functions run in pages, with what watch.js defines there; a null is a failed test all the same.

// Pages that embed the elements, in Chromium, Firefox and WebKit alike → what a reader and a page see there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from './engines.mjs';
import { Host } from './host.mjs';

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
  `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">` +
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
          problems,
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
        for (const text of ['一、收集', '我们收集手机号。', '二、共享', '我们不共享。']) {
          const part = document.createElement(text.endsWith('。') ? 'p' : 'h2');
          part.textContent = text;
          reader.append(part);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await heard('ready');
        const first = [...root().querySelectorAll('.clause')].map((clause) => clause.textContent);
        const times = said.filter((event) => event.name === 'ready').length;
        reader.querySelector('p').firstChild.data = '我们收集邮箱。';
        await until(() => root().textContent.includes('邮箱'));
        return [first, times];
      });
      assert.deepEqual(texts, [['我们收集手机号。', '我们不共享。'], 1]);
    });

    test('what is set before the element is defined counts', async () => {
      const text = await seen('', async () => {
        const reader = document.createElement('policy-reader');
        // A script that ran earlier than the module would find an element of no class.
        const early = document.implementation.createHTMLDocument().createElement('policy-reader');
        early.source = '# 甲隐私政策\n\n## 一、收集\n\n我们收集手机号。\n\n## 二、共享\n\n我们不共享。';
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
        document.querySelector('policy-reader').source = '一、收集\n我们收集手机号码。\n二、共享\n我们不共享。';
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

    test('Latin words keep the spaces of the text: WebKit draws glyphs over each other otherwise', async () => {
      const spacing = await seen(inline(), async () => {
        await heard('ready');
        return getComputedStyle(root().querySelector('.clause')).getPropertyValue('text-autospace');
      });
      assert.ok(['', 'no-autospace'].includes(spacing), spacing);
    });
  });
}
