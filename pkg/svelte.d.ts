/** `import 'policy-reader/svelte'`: registers the elements, and Svelte's templates know them. */
import type { HTMLAttributes } from 'svelte/elements';
import type { CardProps, PolicyCard, PolicyReader, ReaderProps } from './policy-reader.js';

export { PolicyCard, PolicyReader } from './policy-reader.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'policy-reader': HTMLAttributes<PolicyReader> & ReaderProps;
    'policy-card': HTMLAttributes<PolicyCard> & CardProps;
  }
}
