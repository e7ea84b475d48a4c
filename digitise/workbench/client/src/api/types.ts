/** What the server sends; docs/workbench-api.md has the words. Coordinates: pixels of the page. */
export type Point = [x: number, y: number];
export type Polygon = Point[];
export type WritingMode = "horizontal-tb" | "horizontal-rtl" | "vertical-rl";
export type CharBox = [x0: number, y0: number, x1: number, y1: number, confidence: number];
export type Level = "ok" | "warning" | "error";

export interface Words {
  en: string;
  zh: string;
}

export interface Session {
  user: { name: string; display: string; role: string };
  can: string[];
  csrf: string;
  language: "en" | "zh";
  demo: boolean;
  version: string;
  engines: { name: string; usable: boolean }[];
  formats: { name: string; title: Words; media_type: string; suffix: string }[];
  kinds: { region: string[]; article: string[]; writing_mode: WritingMode[] };
  limits: { body: number; text: number; operations: number; claim_seconds: number; doubtful: number; doubtful_mark: number };
}

export interface Claim {
  issue?: string;
  target?: string;
  by: string;
  until: string;
  mine: boolean;
}

export interface QueueItem {
  id: string;
  kind: string;
  issue: string;
  target: string;
  page: string;
  title: string;
  date: string;
  label: string;
  score: number;
  confidence: number;
  lines: number;
  doubtful: number;
  reasons: (Words & { code: string })[];
  status: string;
  claim: Claim | null;
}

export interface Queue {
  total: number;
  items: QueueItem[];
  counts: { kind: Record<string, number>; status: Record<string, number> };
  titles: { name: string; issues: number }[];
}

export interface Progress {
  total: { issues: number; lines: number; corrected: number; done: number; passed: number };
  days: { date: string; operations: number; users: { name: string; operations: number }[] }[];
  titles: { name: string; issues: number; done: number; passed: number }[];
}

export interface Continuation {
  from_page: string;
  to_page: string;
  marker: string;
  back_marker: string;
  status: string;
  note: string;
}

export interface ArticleBrief {
  id: string;
  kind: string;
  headline: string;
  pages: string[];
  confidence: number;
  status: string;
  version: number;
  continuations: Continuation[];
}

export interface Check extends Words {
  field: string;
  level: Level;
  code: string;
  suggestion: string;
}

export interface MastheadForm {
  fields: Record<string, string>;
  version: number;
  checks: Check[];
}

export interface IssuePage {
  id: string;
  number: number;
  label: string;
  name: string;
  width: number;
  height: number;
  lines: number;
  doubtful: number;
  confidence: number;
  error: string;
}

export interface IssueView {
  id: string;
  title: string;
  date: string;
  seq: number;
  status: string;
  complete: boolean;
  warnings: string[];
  machine: { version: string; engine: string };
  masthead: MastheadForm;
  pages: IssuePage[];
  articles: ArticleBrief[];
  claims: Claim[];
  disagreements: number;
}

export interface Tiles {
  width: number;
  height: number;
  tileSize: number;
  overlap: number;
  minLevel: number;
  maxLevel: number;
  url: string;
}

export interface Page {
  id: string;
  number: number;
  label: string;
  name: string;
  width: number;
  height: number;
  dpi: number;
  image: string;
  order: string[];
  version: number;
  status: string;
  flag: string;
  comments: number;
  tiles: Tiles;
}

export interface Region {
  id: string;
  page: string;
  kind: string;
  writing_mode: WritingMode;
  polygon: Polygon;
  lines: string[];
  article: string;
  confidence: number;
  version: number;
  flag: string;
  comments: number;
}

export interface Line {
  id: string;
  region: string;
  page: string;
  text: string;
  machine: string;
  polygon: Polygon;
  confidence: number;
  chars: CharBox[];
  version: number;
  edited: boolean;
  by: string;
  at: string;
  flag: string;
  comments: number;
  status: string;
}

export interface Article {
  id: string;
  kind: string;
  kicker: string;
  headline: string;
  subheadline: string;
  byline: string;
  paragraphs: string[];
  captions: string[];
  parts: { page: string; regions: string[] }[];
  own: string[];
  continuations: Continuation[];
  confidence: number;
  version: number;
  status: string;
  flag: string;
  comments: number;
}

export interface PageView {
  seq: number;
  page: Page;
  regions: Record<string, Region>;
  lines: Record<string, Line>;
  articles: Record<string, Article>;
}

export interface ArticleView {
  seq: number;
  article: Article;
  regions: Record<string, Region>;
  lines: Record<string, Line>;
  issue: { id: string; title: string; date: string };
}

export interface Changed {
  pages?: Record<string, Page>;
  regions?: Record<string, Region | null>;
  lines?: Record<string, Line | null>;
  articles?: Record<string, Article | null>;
  masthead?: MastheadForm;
  status?: string;
}

/** The version of an entity as seen, or the id of the own operation that came before. */
export type Bases = Record<string, number | string>;

export interface Operation {
  id: string;
  type: string;
  bases: Bases;
  [field: string]: unknown;
}

export interface ApiError extends Words {
  code: string;
  detail?: unknown;
}

export interface Result {
  id: string;
  status: "applied" | "duplicate" | "conflict" | "refused";
  seq?: number;
  ids?: string[];
  current?: Changed;
  by?: string;
  at?: string;
  error?: ApiError;
}

export interface Answer {
  seq: number;
  changed: Changed;
  results: Result[];
}

export interface Candidate {
  text: string;
  score: number;
  source: string;
}

export interface Candidates {
  chars: { index: number; text: string; confidence: number; candidates: Candidate[] }[];
  readings: { engine: string; text: string; confidence: number }[];
}

export interface Recognised {
  engine: string;
  lines: { text: string; polygon: Polygon; confidence: number; chars: CharBox[]; replaces: string | null }[];
  seconds: number;
}

export interface Suggestion {
  line: string;
  start: number;
  end: number;
  text: string;
  suggestion: string;
  source: string;
  score: number;
}

export interface FindHit {
  issue: string;
  page: string;
  line: string;
  region: string;
  article: string;
  start: number;
  end: number;
  text: string;
  version: number;
  writing_mode: WritingMode;
}

export interface GlossaryEntry {
  id: number | string;
  title: string;
  term: string;
  kind: string;
  note: string;
  by: string;
  at: string;
}

export interface SearchHit {
  issue: string;
  article: string;
  title: string;
  date: string;
  headline: string;
  kind: string;
  page: string;
  snippet: { text: string; hit: boolean }[];
  lines: { line: string; page: string; polygon: Polygon }[];
  score: number;
}

export interface HistoryEntry {
  seq: number;
  id: string;
  type: string;
  by: string;
  at: string;
  targets: string[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reverted_by: number | null;
  reverts: number | null;
}

export interface Comment {
  seq: number;
  target: string;
  by: string;
  at: string;
  text: string;
}

export interface Disagreement {
  id: number | string;
  line: string;
  page: string;
  kind: string;
  machine_old: string;
  machine_new: string;
  human: string;
  resolved: boolean;
}

export interface KeyingTask {
  id: number | string;
  issue: string;
  keyers: string[];
  lines: number;
  done: Record<string, number>;
  by: string;
  at: string;
}

export interface Sample {
  id: number | string;
  issue: string;
  by: string;
  at: string;
  seed: number;
  level: number;
  wanted: number;
  lines: number;
  looked_at: number;
  characters: number;
  errors: number;
  rate: number;
  interval: [low: number, high: number];
  verdict: "meets" | "fails" | "undecided";
  needed: number;
  decision: "" | "pass" | "return";
  decided_by: string;
  decided_at: string;
  note: string;
}

export interface SampleLine {
  line: string;
  page: string;
  writing_mode: WritingMode;
  text: string;
  version: number;
  errors: number | null;
  note: string;
  marks: number[];
}
