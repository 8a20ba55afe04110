/** Registers `<policy-reader>` and `<policy-card>`, unless the page has them already. */

import { PolicyCard, PolicyReader } from './policy-reader.js';

if (!customElements.get('policy-reader')) customElements.define('policy-reader', PolicyReader);
if (!customElements.get('policy-card')) customElements.define('policy-card', PolicyCard);

export { PolicyCard, PolicyReader };
