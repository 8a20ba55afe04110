/** What tools/package.mjs puts into the script: the style sheet of lists and checklist. */
export const css: string;
