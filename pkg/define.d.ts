/** Registers `<policy-reader>` and `<policy-card>`. */
export { PolicyCard, PolicyReader } from './policy-reader.js';
