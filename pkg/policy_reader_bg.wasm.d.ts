/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_handle_free: (a: number, b: number) => void;
export const analyze: (a: number, b: number, c: number) => [number, number, number];
export const card: (a: any, b: number, c: number, d: number) => [number, number, number];
export const cardHtml: (a: number, b: number, c: number) => [number, number, number, number];
export const handle_analysis: (a: number) => [number, number, number];
export const handle_collapseAll: (a: number) => void;
export const handle_expandAll: (a: number) => void;
export const handle_goTo: (a: number, b: number, c: number) => number;
export const handle_highlight: (a: number, b: number, c: number) => void;
export const handle_search: (a: number, b: number, c: number) => number;
export const readerHtml: (a: number, b: number, c: number) => [number, number, number, number];
export const render: (a: any, b: number, c: number, d: number) => [number, number, number];
export const start: () => void;
export const wasm_bindgen__convert__closures________invoke__h1c18659f5cb14ff5: (a: number, b: number, c: any) => void;
export const wasm_bindgen__convert__closures_____invoke__h50671ecc3ad6b5e1: (a: number, b: number, c: any) => void;
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_exn_store: (a: number) => void;
export const __externref_table_alloc: () => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __wbindgen_destroy_closure: (a: number, b: number) => void;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_start: () => void;
