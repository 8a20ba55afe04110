/** `import 'policy-reader/react'`: registers the elements, and JSX (React 19) knows them. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { CardProps, PolicyCard, PolicyReader, ReaderProps } from './policy-reader.js';

export { PolicyCard, PolicyReader } from './policy-reader.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'policy-reader': DetailedHTMLProps<HTMLAttributes<PolicyReader>, PolicyReader> & ReaderProps;
      'policy-card': DetailedHTMLProps<HTMLAttributes<PolicyCard>, PolicyCard> & CardProps;
    }
  }
}
