/** What the classic script leaves behind: the functions and classes, in one global. */
declare global {
  var PolicyReaderKit: typeof import('./policy-reader.js');
}
export {};
