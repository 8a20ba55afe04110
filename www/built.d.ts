/** What tools/package.mjs puts into the script: the style sheet, and our sentences for a state by language and key. */
export const css: string;
export const words: Record<string, Record<string, string>>;
