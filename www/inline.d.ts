/** The modules and the weights of topics as a script (tools/package.mjs): for builds and hosts that lose files. */
export function module(): Uint8Array<ArrayBuffer>;
export function lists(): Uint8Array<ArrayBuffer>;
export function topics(): Uint8Array<ArrayBuffer>;
