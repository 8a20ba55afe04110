// A server that sends the policy already read, in a declarative shadow root: readable before any script, and where none
// runs; the element takes over when it is there.
//
// usage: node server.mjs [PORT]

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readerHtml } from 'policy-reader';

const text = readFileSync(new URL('../privacy.md', import.meta.url), 'utf8');
const html = await readerHtml(text, { format: 'markdown', open: 'all' });
const page = `<!doctype html>
<html lang="zh-Hans">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>隐私政策</title>
    <script type="module" src="/policy-reader/define.js"></script>
  </head>
  <body>
    <policy-reader src="/privacy.md">
      <template shadowrootmode="open"><link rel="stylesheet" href="/policy-reader/reader.css">${html}</template>
    </policy-reader>
  </body>
</html>`;

const types = { '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.md': 'text/markdown; charset=utf-8' };
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/') return response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  const name = /^\/policy-reader\/([\w./-]+)$/.exec(path)?.[1];
  const file = path === '/privacy.md' ? new URL('../privacy.md', import.meta.url) : name && !name.includes('..') && new URL(name, import.meta.resolve('policy-reader/package.json'));
  try {
    if (!file) throw new Error('not here');
    response.setHeader('content-type', types[extname(fileURLToPath(file))] ?? 'application/octet-stream').end(readFileSync(file));
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
