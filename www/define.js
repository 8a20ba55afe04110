/** Registers `<policy-reader>` and `<policy-card>`, where there are elements and the page has not got them already. */

import { PolicyCard, PolicyReader } from './policy-reader.js';

if (globalThis.customElements) {
  if (!customElements.get('policy-reader')) customElements.define('policy-reader', PolicyReader);
  if (!customElements.get('policy-card')) customElements.define('policy-card', PolicyCard);
}

export { PolicyCard, PolicyReader };
