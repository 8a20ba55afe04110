/** `import 'policy-reader/vue'`: registers the elements, and templates of Vue 3 know them. */
import type { DefineComponent } from 'vue';
import type { CardProps, ReaderProps } from './policy-reader.js';

export { PolicyCard, PolicyReader } from './policy-reader.js';

declare module 'vue' {
  interface GlobalComponents {
    'policy-reader': DefineComponent<ReaderProps>;
    'policy-card': DefineComponent<CardProps>;
  }
}
