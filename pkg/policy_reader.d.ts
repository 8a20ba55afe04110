/* tslint:disable */
/* eslint-disable */

/**
 * A reader in a page. Freeing it takes its nodes and listeners away.
 */
export class Handle {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The analysis as plain data, made anew at each call.
     */
    analysis(): any;
    /**
     * Closes every section.
     */
    collapseAll(): void;
    /**
     * Opens every section.
     */
    expandAll(): void;
    /**
     * Opens, scrolls to, focuses and flashes a section or clause, by anchor or id; false if there is none.
     */
    goTo(id: string): boolean;
    /**
     * Shows the highlights that are named in a list separated by spaces, and no others.
     */
    highlight(kinds: string): void;
    /**
     * Finds text in titles and clauses, goes to the first place and returns how many there are; `""` ends the search.
     */
    search(text: string): number;
}

/**
 * Reads a policy and returns the analysis as plain data (README, "The JSON").
 */
export function analyze(source: string, options?: Options | null): any;

/**
 * Reads a policy and appends the card alone to `root`.
 */
export function card(root: Node, source: string, options?: Options | null): Handle;

/**
 * Reads a policy and returns the card as static HTML, every text in it escaped.
 */
export function cardHtml(source: string, options?: Options | null): string;

/**
 * Reads a policy and returns the reader as static HTML without controls, every text in it escaped.
 */
export function readerHtml(source: string, options?: Options | null): string;

/**
 * Reads a policy and appends the reader to `root`.
 */
export function render(root: Node, source: string, options?: Options | null): Handle;

/**
 * Tells a panic, which would otherwise be a bare `unreachable`, to the console.
 */
export function start(): void;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_handle_free: (a: number, b: number) => void;
    readonly analyze: (a: number, b: number, c: number) => [number, number, number];
    readonly card: (a: any, b: number, c: number, d: number) => [number, number, number];
    readonly cardHtml: (a: number, b: number, c: number) => [number, number, number, number];
    readonly handle_analysis: (a: number) => [number, number, number];
    readonly handle_collapseAll: (a: number) => void;
    readonly handle_expandAll: (a: number) => void;
    readonly handle_goTo: (a: number, b: number, c: number) => number;
    readonly handle_highlight: (a: number, b: number, c: number) => void;
    readonly handle_search: (a: number, b: number, c: number) => number;
    readonly readerHtml: (a: number, b: number, c: number) => [number, number, number, number];
    readonly render: (a: any, b: number, c: number, d: number) => [number, number, number];
    readonly start: () => void;
    readonly wasm_bindgen__convert__closures________invoke__h1c18659f5cb14ff5: (a: number, b: number, c: any) => void;
    readonly wasm_bindgen__convert__closures_____invoke__h50671ecc3ad6b5e1: (a: number, b: number, c: any) => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_destroy_closure: (a: number, b: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
