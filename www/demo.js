/** The demo page: which policy is read, in which language and light. Nothing that is pasted or dropped leaves the page. */

import { decode, formatOf } from './policy-reader.js';

/** @import { PolicyReader } from '../pkg/policy-reader.d.ts' */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @type {PolicyReader} */
const reader = byId('reader');
/** @type {HTMLTextAreaElement} */
const pasted = byId('pasted');
/** @type {HTMLInputElement} */
const file = byId('file');
const trouble = byId('trouble');
const drop = byId('drop');
const root = document.documentElement;
const samples = [...document.querySelectorAll('[data-sample]')].map((link) => /** @type {HTMLAnchorElement} */ (link));

/** @param {string | undefined} name of a sample, or none where the reader brought a text */
function mark(name) {
  for (const link of samples) {
    if (link.dataset.sample === name) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** @param {string} name */
function sample(name) {
  mark(name);
  reader.source = undefined;
  reader.src = `www/samples/${name}`;
}

/** @param {string} text @param {string} [name] */
function own(text, name = '') {
  mark(undefined);
  reader.source = { text, format: formatOf(name) };
  reader.scrollIntoView();
}

for (const link of samples) {
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const name = link.dataset.sample ?? '';
    history.pushState(null, '', `?sample=${name}`);
    sample(name);
  });
}

/** The sample that the address names, if it is one of ours. */
function addressed() {
  const wanted = new URLSearchParams(location.search).get('sample');
  const known = samples.find((link) => link.dataset.sample === wanted) ?? samples[0];
  return known?.dataset.sample ?? '';
}
let shown = addressed();
sample(shown);
addEventListener('popstate', () => {
  if (shown !== addressed()) sample((shown = addressed()));
});

/** @param {File} chosen */
async function open(chosen) {
  own(decode(await chosen.arrayBuffer(), chosen.type), chosen.name);
}
file.addEventListener('change', () => {
  const [chosen] = file.files ?? [];
  if (chosen) void open(chosen);
  file.value = '';
});
byId('paste').addEventListener('submit', (event) => {
  event.preventDefault();
  if (pasted.value.trim()) own(pasted.value);
  else pasted.focus();
});

/** @param {DragEvent} event */
const carries = (event) =>
  [...(event.dataTransfer?.types ?? [])].some((type) => type === 'Files' || type === 'text/plain');
addEventListener('dragover', (event) => {
  if (!carries(event) || event.composedPath()[0] === pasted) return;
  event.preventDefault();
  drop.hidden = false;
});
addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) drop.hidden = true;
});
addEventListener('drop', (event) => {
  drop.hidden = true;
  if (!carries(event) || event.composedPath()[0] === pasted) return;
  event.preventDefault();
  const [dropped] = event.dataTransfer?.files ?? [];
  if (dropped) void open(dropped);
  else own(event.dataTransfer?.getData('text/plain') ?? '');
});

reader.addEventListener('policy-error', (event) => {
  trouble.hidden = false;
  trouble.textContent = /** @type {CustomEvent} */ (event).detail.message;
});
reader.addEventListener('policy-ready', () => {
  trouble.hidden = true;
});

byId('topics').addEventListener('change', (event) => {
  reader.topics = /** @type {HTMLInputElement} */ (event.target).checked;
});

/** @param {string} group @param {(value: string) => void} apply */
function choose(group, apply) {
  byId(group).addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) apply(event.target.value);
  });
}
/** @param {string} language */
function speak(language) {
  root.lang = root.dataset.language = language;
  reader.lang = language;
}
choose('language', speak);
choose('theme', (theme) => {
  root.dataset.theme = theme;
  reader.theme = theme;
});
// demo-language.js chose it, before the page was drawn.
for (const input of byId('language').querySelectorAll('input')) input.checked = input.value === root.lang;
reader.lang = root.lang;
