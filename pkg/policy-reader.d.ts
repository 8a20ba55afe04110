/**
 * policy-reader: a privacy policy's text → outline, highlights and a plain-language card, in the browser.
 *
 * Offsets are UTF-16 code units into the clause's `text`. Every `evidence` holds ids of clauses.
 */

/** How a source is marked up. */
export type Format = 'markdown' | 'html' | 'plain';

/** A text, and how it is marked up where that is known. */
export interface Source {
  text: string;
  format?: Format | '';
}

/** What a caller may set. A wrong value throws an `Error`. */
export interface Options {
  /** Recognised from the text where missing. */
  format?: Format;
  /** Language of labels and card: `zh-Hans`, `zh-Hant`, `en`, or a tag such as `zh-TW`; the policy's own where missing. */
  lang?: string;
  /** Regions shown by `readerHtml`. */
  view?: 'reader' | 'outline' | 'card';
  /** Sections that stand open at first; those of a short policy where missing. */
  open?: 'none' | '1' | 'all' | '';
  /** Page that shows the whole policy; links of the card lead there. */
  href?: string;
  /** The card's first tier alone. */
  compact?: boolean;
  /** Tell of each clause what it is about and whether it is important: fetches `topics.bin`. */
  topics?: boolean;
  /** Stands before every id and fragment of `readerHtml`, for a page with two readers. */
  prefix?: string;
  /** By which standard something is sensitive; the law or any where missing. */
  standard?: 'both' | 'pipl-28' | 'gbt-35273' | 'gbt-45574';
}

/** Why there is no policy to show. */
export type ErrorCode =
  | 'not-found'
  | 'http'
  | 'offline'
  | 'network'
  | 'cors'
  | 'timeout'
  | 'unsupported'
  | 'module'
  | 'empty'
  | 'binary'
  | 'login'
  | 'script-shell'
  | 'too-short'
  | 'no-policy';

/** What `analyze` and its like reject with where something lacks; the elements say it in `policy-error`. */
export class PolicyError extends Error {
  constructor(code: ErrorCode, message: string, more?: { status?: number; cause?: unknown });
  code: ErrorCode;
  /** Of the host's answer. */
  status: number | undefined;
}

export interface Evidenced<T> {
  value: T;
  evidence: string[];
}

export interface Section {
  id: string;
  parent: string | null;
  /** 1 for the outermost. */
  level: number;
  /** The mark as printed, without its separator. */
  number: string;
  /** The mark as printed, with its separator. */
  mark: string;
  /** Empty where a number alone is printed ("第五条"). */
  title: string;
  /** The text before the first heading. */
  implicit: boolean;
  bold: boolean;
  kind: 'section';
  /** Stays when the policy is edited elsewhere. */
  anchor: string;
  /** Clauses with a sensitive mark, those of inner sections included. */
  sensitive: number;
  /** Clauses with bold, those of inner sections included. */
  bolds: number;
  /** Up to three key points of its own clauses, in plain and fewer words. */
  gist: { text: string; evidence: string[] }[];
}

export interface Mark {
  kind: 'sensitive' | 'attention';
  start: number;
  end: number;
  category?: string;
  standards?: string[];
  context?: 'collect' | 'share' | 'use' | 'deny' | 'define' | 'protect' | 'right';
  rule?: string;
}

export interface Clause {
  id: string;
  section: string;
  text: string;
  bold: [number, number][];
  topics: string[];
  important: boolean;
  marks: Mark[];
  links?: { start: number; end: number; href: string }[];
  /** Table and row, for a table row only. */
  row?: [number, number];
  /** Clauses with the same number stand in one paragraph. */
  block: number;
  kind: 'sentence' | 'item' | 'row';
  /** Byte offsets into the UTF-8 source. */
  source: [number, number];
  /** UTF-16 units at the start of `text` that the section's title shows already; left out where none are. */
  shown?: number;
}

export interface Table {
  id: string;
  section: string;
  caption: string;
  columns: string[];
  rows: string[][];
}

export interface Facts {
  product: Evidenced<string> | null;
  controller: (Evidenced<string> & { also: Evidenced<string>[] }) | null;
  dates: Record<'published' | 'updated' | 'effective', Evidenced<string> | null>;
  contacts: { kind: string; value: string; evidence: string[] }[];
  dpo: Evidenced<string> | null;
  response_time: { days: number; unit: 'working' | 'calendar'; evidence: string[] } | null;
  minor_age: Evidenced<number> | null;
  child_age: Evidenced<number> | null;
  storage_location: Evidenced<string> | null;
  cross_border: { value: string; for_now: boolean; evidence: string[] };
  retention: { value: string; period: string | null; at_least: boolean; closing: boolean; evidence: string[] }[];
  third_parties: {
    name: string;
    company: string | null;
    purpose: string | null;
    data: string | null;
    url: string | null;
    platform: string | null;
    evidence: string[];
  }[];
  affiliates: { name: string; evidence: string[] }[];
  recipient_kinds: { value: string; text: string; evidence: string[] }[];
  data_items: {
    item: string;
    category: string;
    platform: string | null;
    purpose: string | null;
    required: boolean | null;
    sensitive: string[];
    evidence: string[];
  }[];
  permissions: {
    os: string | null;
    name: string;
    required: boolean | null;
    purpose: string | null;
    evidence: string[];
  }[];
  rights: { right: string; how: string | null; way: string | null; evidence: string[] }[];
  consent_exceptions: { count: number; evidence: string[] } | null;
  share_consent_exceptions: { count: number; evidence: string[] } | null;
  cookies: { used: boolean; can_refuse: true | null; evidence: string[] } | null;
  changes_notice: Evidenced<string> | null;
  security: Evidenced<string>[];
  dispute: Evidenced<string> | null;
}

export interface Analysis {
  schema: 1;
  meta: {
    title: string;
    language: string;
    shape: string;
    characters: number;
    reading_minutes: number;
    /** Why the source is no policy, or in a language without rules (`language`); left out where it was read. */
    unread?: { code: string; text: string };
  };
  /** Reading order. */
  sections: Section[];
  /** Reading order. */
  clauses: Clause[];
  tables: Table[];
  facts: Facts;
  /** The card: a line is `absent` where the policy is silent, and only then without evidence; tier 1 is seen at a glance. */
  summary: { slot: string; text: string; evidence: string[]; absent: boolean; tier: 1 | 2 }[];
  attention: { rule: string; text: string; evidence: string[] }[];
  /** Points that speak for the policy. */
  good: { rule: string; text: string; evidence: string[] }[];
  checklist: { item: string; law: string; verdict: 'stated' | 'not-mentioned' | 'check'; evidence: string[] }[];
  /** Printed, but no part of the policy's text. */
  aside: { contents: string[]; noise: string[] };
  /** What the program was unsure of. */
  notes: string[];
  /**
   * Characters that are no white space: in the source, in the analysis, and of these the policy's own text (`shown`) and
   * what was set `aside`.
   */
  coverage: { source: number; placed: number; shown: number; aside: number };
}

/** Fetches and starts the module; `bytes`: the module itself, where it cannot be fetched. Called by need. */
export function load(bytes?: BufferSource | WebAssembly.Module): Promise<unknown>;

/** Labels and sentences in another language: what `labels/zh-Hant.js` or `labels/en.js` exports, where it cannot be loaded. */
export function addLabels(lang: 'zh-Hant' | 'en', text: string): Promise<void>;

/** What topics are told by: the bytes of `topics.bin`, where it cannot be fetched. From then on every reading tells them. */
export function addTopics(bytes: ArrayBuffer | Uint8Array): Promise<void>;

/** Reads a policy. */
export function analyze(source: string, options?: Options): Promise<Analysis>;

/** The card as static HTML, every text in it escaped. */
export function cardHtml(source: string, options?: Options): Promise<string>;

/** The whole reader as static HTML without controls, every text in it escaped. */
export function readerHtml(source: string, options?: Options): Promise<string>;

/** What can be saved of an analysis. */
export type Kind = 'markdown' | 'html' | 'text' | 'json' | 'csv';

/** What a reader shows below the card. */
export type Tab = 'text' | 'lists' | 'checklist';

/** What is collected, who gets it, which permissions are asked for. */
export type List = 'collected' | 'recipients' | 'permissions';

/** A list, or all of them below each other, as a table for spreadsheets. */
export function listsCsv(analysis: Analysis, list?: List): Promise<string>;

/** A file of an analysis that `analyze` or an element made, or of one of its lists (`csv`, `markdown`, `json`). */
export function saved(
  analysis: Analysis,
  kind: Kind,
  list?: List,
): Promise<{ text: string; type: string; name: string }>;

/** Text of a file or response, by byte order mark, declared charset, UTF-8 or GB 18030. */
export function decode(buffer: ArrayBuffer, type?: string): string;

/** What a file's name or a response's type says about its mark-up. */
export function formatOf(name: string, type?: string): Format | undefined;

declare class PolicyElement extends HTMLElement {
  /** Address of the policy: Markdown, HTML or plain text. Attribute `src`. */
  src: string;
  /** Attribute `format`. */
  format: Format | '';
  /** Tell of each clause what it is about, and choose key points by it. */
  topics: boolean;
  /** Attribute `theme`. */
  theme: string;
  /** Tell the app around a web view what happens. Attribute `bridge`. */
  bridge: boolean;
  /** The text itself, instead of `src` or the element's content. */
  get source(): Source | undefined;
  set source(value: Source | string | undefined);
  /** What was read, once `policy-ready` was heard. */
  readonly analysis: Analysis | undefined;
  /** Reads anew, after a failure or a change that the element cannot see. */
  retry(): void;
}

/** `<policy-reader>`: card, contents, text. */
export class PolicyReader extends PolicyElement {
  /** `reader`, `outline` (without the card) or `card`. Attribute `view`. */
  view: string;
  /** Sections that stand open at first: `none`, `1` or `all`. Attribute `open`. */
  open: string;
  /** Highlights that are shown: any of `bold`, `sensitive`, `attention`. Attribute `highlight`. */
  highlight: string;
  /** By which standard something is sensitive. Attribute `standard`. */
  standard: string;
  /** What is shown below the card: the text, the lists, the checklist. */
  tab: Tab;
  /** Saves what is shown as a file, or one list of it. */
  download(kind: Kind, list?: List): Promise<void>;
  /** Opens every section. */
  expandAll(): void;
  /** Closes every section. */
  collapseAll(): void;
  /** Opens, scrolls to, focuses and flashes a section or clause; false where there is none. */
  goTo(id: string): boolean;
  /** Finds text, goes to its first place and tells how many there are; `''` ends the search. */
  search(text: string): number;
}

/** `<policy-card>`: the card alone. */
export class PolicyCard extends PolicyElement {
  /** Page that shows the whole policy. Attribute `href`. */
  href: string;
  /** The first tier alone. Attribute `compact`. */
  compact: boolean;
}

export {};

/** What both elements take in a framework's template. */
interface Props {
  src?: string;
  format?: Format | '';
  lang?: string;
  topics?: boolean;
  theme?: 'auto' | 'light' | 'dark';
  bridge?: boolean;
  source?: Source | string;
}

/** Attributes and properties of `<policy-reader>`. */
export interface ReaderProps extends Props {
  view?: 'reader' | 'outline' | 'card';
  open?: 'none' | '1' | 'all';
  highlight?: string;
  standard?: 'both' | 'pipl-28' | 'gbt-35273' | 'gbt-45574';
}

/** Attributes and properties of `<policy-card>`. */
export interface CardProps extends Props {
  href?: string;
  compact?: boolean;
}

export interface PolicyEventMap {
  'policy-ready': CustomEvent<{ sections: number }>;
  'policy-error': CustomEvent<{ code: ErrorCode; message: string; error: unknown; status?: number }>;
  /** A person opened or closed a section. */
  'policy-toggle': CustomEvent<{ id: string; anchor: string; open: boolean }>;
  /** A person searched. */
  'policy-search': CustomEvent<{ text: string; count: number }>;
  /** Another section is being read. */
  'policy-section-view': CustomEvent<{ id: string; anchor: string }>;
  /** The end was reached, with every section shown or scrolled past. */
  'policy-read-end': CustomEvent<object>;
}

declare global {
  interface GlobalEventHandlersEventMap extends PolicyEventMap {}
  interface HTMLElementTagNameMap {
    'policy-reader': PolicyReader;
    'policy-card': PolicyCard;
  }
}
