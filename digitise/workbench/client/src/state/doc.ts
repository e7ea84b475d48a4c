/** The page on the desk: the server's state, with what is typed but not yet answered over it. */
import { batch, computed, signal } from "@preact/signals";

import { at, get, session } from "../api/client";
import type { Answer, Article, Changed, IssueView, Line, MastheadForm, Page, PageView, Region } from "../api/types";
import { drafts, onAnswer } from "../journal/outbox";

export interface Doc {
  readonly issue: string;
  readonly seq: number;
  readonly page: Page;
  readonly regions: Readonly<Record<string, Region>>;
  readonly lines: Readonly<Record<string, Line>>;
  readonly articles: Readonly<Record<string, Article>>;
}

let limits = { doubtful: 0, doubtful_mark: 0 };
/** Signed out they stay known. */
const known = computed(() => (limits = session.value?.limits ?? limits));

/** Whether a character is marked that the recogniser was so sure of; marks of punctuation later. */
export function isDoubtful(char: string, confidence: number): boolean {
  const { doubtful, doubtful_mark } = known.value;
  return confidence < doubtful && char.trim() !== "" && (confidence < doubtful_mark || /[\p{L}\p{N}]/u.test(char));
}

export const doc = signal<Doc | null>(null);
export const issue = signal<IssueView | null>(null);
/** Who else changed something on this page lately, for a word at the edge. */
export const others = signal<string>("");

/** All lines of the page in reading order. */
export const order = computed<readonly string[]>(() => {
  const now = doc.value;
  if (!now) return [];
  return now.page.order.flatMap((id) => now.regions[id]?.lines ?? []);
});

export const places = computed(() => new Map(order.value.map((id, place) => [id, place])));

/** What the person sees as a line's text: their own typing, else what the server has. */
export function textOf(line: Line, issueId: string = doc.peek()?.issue ?? ""): string {
  return drafts.value.get(`${issueId} ${line.id}`) ?? line.text;
}

export async function openIssue(id: string): Promise<IssueView> {
  const view = await get<IssueView>(at.issue(id));
  issue.value = view;
  return view;
}

/** `first` is done before the page is drawn. */
export async function openPage(issueId: string, pageId: string, first: () => void): Promise<void> {
  const view = await get<PageView>(at.page(issueId, pageId));
  opened = view.seq;
  batch(() => {
    doc.value = { issue: issueId, ...view };
    first();
  });
}

/** What a page is called: its printed label, else its number. */
export function pageName(whole: IssueView | null, id: string): string {
  const page = whole?.pages.find((one) => one.id === id);
  return page ? page.label || String(page.number) : id;
}

export function close(): void {
  doc.value = null;
}

/** By issue and id, the number in the server's journal up to which was told of it last. */
const heard = new Map<string, number>();
/** That of the open page, as it was when it was opened. */
let opened = 0;

/**
 * What of a change is no older than what is known: answers may overtake each other. `told` is the
 * number in the server's journal up to which it tells; 0 where it is to count in any case.
 */
function fresh<T>(issueId: string, change: Readonly<Record<string, T | undefined>> | undefined, told: number): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [id, value] of Object.entries(change ?? {})) {
    const key = `${issueId} ${id}`;
    if (value === undefined || (told && told < (heard.get(key) ?? 0))) continue;
    if (told) heard.set(key, told);
    kept[id] = value;
  }
  return kept;
}

function patched<T>(now: Readonly<Record<string, T>>, change: Readonly<Record<string, T | null>> | undefined) {
  if (!change || !Object.keys(change).length) return now;
  const next: Record<string, T> = { ...now };
  for (const [id, value] of Object.entries(change)) {
    if (value === null) delete next[id];
    else next[id] = value;
  }
  return next;
}

function onPage<T extends { page: string }>(page: string, change: Readonly<Record<string, T | null>> | undefined) {
  const kept: Record<string, T | null> = {};
  for (const [id, value] of Object.entries(change ?? {})) {
    kept[id] = value && value.page !== page ? null : value;
  }
  return kept;
}

/**
 * Lays what has changed on the server over what is shown. `told`: as in `fresh`; `seq`: all that
 * anybody did up to there is in it.
 */
export function apply(issueId: string, changed: Changed, told: number, seq: number): void {
  const now = doc.peek();
  const heads = fresh(issueId, changed.articles, told);
  if (now && now.issue === issueId && (!told || told >= opened)) {
    const page = fresh(issueId, changed.pages, told)[now.page.id];
    const articles: Record<string, Article | null> = {};
    for (const [id, value] of Object.entries(heads)) {
      const here = value?.parts.some((part) => part.page === now.page.id) ?? false;
      if (here || id in now.articles) articles[id] = here ? value : null;
    }
    doc.value = {
      issue: now.issue,
      seq: Math.max(seq, now.seq),
      page: page ? { ...now.page, ...page } : now.page,
      regions: patched(now.regions, onPage(now.page.id, fresh(issueId, changed.regions, told))),
      lines: patched(now.lines, onPage(now.page.id, fresh(issueId, changed.lines, told))),
      articles: patched(now.articles, articles),
    };
  }
  const whole = issue.peek();
  if (whole && whole.id === issueId && (changed.masthead || changed.status || changed.articles)) {
    issue.value = {
      ...whole,
      status: fresh(issueId, { status: changed.status }, told)["status"] ?? whole.status,
      masthead: fresh(issueId, { masthead: changed.masthead }, told)["masthead"] ?? whole.masthead,
      articles: briefs(whole, heads),
    };
  }
}

function briefs(whole: IssueView, change: Changed["articles"]): IssueView["articles"] {
  if (!change) return whole.articles;
  const kept = whole.articles.filter((brief) => change[brief.id] !== null);
  const known = new Map(kept.map((brief) => [brief.id, brief]));
  for (const article of Object.values(change)) {
    if (article) known.set(article.id, { ...article, pages: article.parts.map((part) => part.page) });
  }
  return [...known.values()];
}

onAnswer((issueId: string, answer: Answer) => {
  apply(issueId, answer.changed, answer.seq, 0);
  if (answer.results.some((result) => result.status === "duplicate")) void catchUp();
});

/** Fetches what anybody changed since the page was last told. */
export async function catchUp(): Promise<void> {
  const now = doc.peek();
  if (!now) return;
  const told = await get<{ seq: number; changed: Changed; by: string[] }>(`${at.issue(now.issue)}/changes`, {
    after: now.seq,
  });
  if (doc.peek()?.issue !== now.issue) return;
  apply(now.issue, told.changed, told.seq, told.seq);
  const mine = session.value?.user.name;
  others.value = told.by.filter((name) => name !== mine).join(", ");
}

export function setMasthead(form: MastheadForm): void {
  if (issue.value) issue.value = { ...issue.value, masthead: form };
}
