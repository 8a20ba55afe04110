/** Everything in one classic script: for pages from `file:`, apps' bundles, and hosts that serve scripts alone. */

import { provide } from './engine.js';
import * as inline from './inline.js';
import * as api from './policy-reader.js';
import './define.js';

provide(inline);

export default api;
