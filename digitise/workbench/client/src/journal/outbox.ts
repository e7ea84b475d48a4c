/**
 * From the journal to the server. Each entry is on this machine's disk before it is sent, is sent
 * again until it is answered, and is taken out only when the server has it on its own disk.
 */
import { computed, signal } from "@preact/signals";

import { at, get, NoAnswer, post, Refused, session } from "../api/client";
import type { Answer, Bases, Changed, Operation, Result, Session } from "../api/types";
import { freshId, later } from "../lib/dom";
import { type Entry, Journal, livingTabs, tabName } from "./store";

export type SaveState = "saved" | "typing" | "saving" | "offline" | "conflict" | "signed-out";

export const entries = signal<readonly Entry[]>([]);
export const safe = signal(true);
/** Entries of an earlier visit that were found unsent when the app started. */
export const recovered = signal(0);

const trouble = signal<"" | "offline" | "signed-out">("");
const busy = signal(false);

export const waiting = computed(() => entries.value.filter((e) => e.state === "open" || e.state === "frozen"));
export const conflicts = computed(() => entries.value.filter((e) => e.state === "conflict"));
export const refusals = computed(() => entries.value.filter((e) => e.state === "refused"));

export const saveState = computed<SaveState>(() => {
  if (conflicts.value.length || refusals.value.length) return "conflict";
  if (trouble.value && waiting.value.length) return trouble.value;
  if (!waiting.value.length) return "saved";
  return busy.value ? "saving" : "typing";
});

/** What is typed but not yet answered, by line. */
export const drafts = computed(() => {
  const found = new Map<string, string>();
  for (const entry of entries.value) {
    if (entry.op.type === "set_text" && entry.state !== "refused") {
      found.set(`${entry.issue} ${lineOf(entry.op)}`, String(entry.op["text"]));
    }
  }
  return found;
});

type Listener = (issue: string, answer: Answer) => void;
const listeners = new Set<Listener>();
const waiters = new Map<string, (result: Result) => void>();

const me = tabName(freshId());
let journal: Journal | null = null;
let writes: Promise<unknown> = Promise.resolve();
let pause = 0;
let counter = 0;
let timer = 0;
let flushing: Promise<void> | null = null;

export function onAnswer(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function lineOf(op: Operation): string {
  return String(op["line"] ?? "");
}

/** Opens the journal, takes over what gone tabs left unsent, and sends it. */
export async function start(): Promise<void> {
  journal ??= await Journal.open();
  safe.value = journal.safe;
  const user = session.value?.user.name ?? "";
  const living = await livingTabs();
  const known = new Set(entries.value.map((entry) => entry.id));
  const found = (await journal.all()).filter(
    (entry) => entry.user === user && !known.has(entry.id) && !living.has(entry.owner),
  );
  for (const entry of found) {
    entry.owner = me;
    // It may have been sent: as it stands it can be sent again, but it may not grow.
    if (entry.state === "open") entry.state = "frozen";
    keep(entry);
  }
  if (found.length) {
    entries.value = [...found, ...entries.value].sort((a, b) => a.order - b.order);
    recovered.value = found.length;
  }
  trouble.value = "";
  pause = 0;
  void flush();
}

function keep(entry: Entry): void {
  const write = journal?.put(entry) ?? Promise.resolve();
  writes = Promise.allSettled([writes, write]);
  write.catch(() => (safe.value = false));
}

function drop(ids: readonly string[]): void {
  const gone = new Set(ids);
  entries.value = entries.value.filter((entry) => !gone.has(entry.id));
  writes = Promise.allSettled([writes, journal?.remove(ids) ?? Promise.resolve()]);
}

function refresh(): void {
  entries.value = [...entries.value];
}

function make(issue: string, page: string, op: Operation, before: string | null, state: Entry["state"]): Entry {
  counter = Math.max(counter + 1, Date.now() * 16);
  return {
    id: op.id,
    order: counter,
    user: session.value?.user.name ?? "",
    issue,
    page,
    owner: me,
    op,
    before,
    state,
    at: new Date().toISOString(),
  };
}

/** The base to give for `target`: the version seen, or the own change still on its way. */
export function baseOf(issue: string, target: string, version: number): number | string {
  for (let i = entries.value.length - 1; i >= 0; i--) {
    const entry = entries.value[i]!;
    const about = target in entry.op.bases;
    if (entry.issue === issue && about && (entry.state === "open" || entry.state === "frozen")) return entry.id;
  }
  return version;
}

export interface Typed {
  readonly issue: string;
  readonly page: string;
  readonly line: string;
  /** As it now stands in the editor. */
  readonly text: string;
  /** As the server last told it. */
  readonly server: string;
  readonly version: number;
}

/** A line's text has changed under the person's hands. Kept at once, sent when they rest. */
export function typed(change: Typed): void {
  const { issue, page, line, text, server, version } = change;
  const mine = entries.value.filter((e) => e.issue === issue && lineOf(e.op) === line && e.op.type === "set_text");
  const open = mine.find((entry) => entry.state === "open");
  if (open) {
    if (text === server && mine.length === 1) {
      drop([open.id]);
      return;
    }
    open.op = { ...open.op, text };
    keep(open);
    refresh();
  } else {
    const standing = mine.length ? String(mine[mine.length - 1]!.op["text"]) : server;
    if (text === standing) return;
    const op = { id: freshId(), type: "set_text", bases: { [line]: baseOf(issue, line, version) }, line, text };
    const entry = make(issue, page, op, standing, "open");
    keep(entry);
    entries.value = [...entries.value, entry];
  }
  soon();
}

/** Sends operations at once; resolves with one result for each, when the server answers. */
export function submit(
  issue: string,
  page: string,
  wanted: readonly { type: string; bases: Bases; [field: string]: unknown }[],
): Promise<Result[]> {
  const made = wanted.map((op) => make(issue, page, { ...op, id: freshId() }, null, "frozen"));
  made.forEach(keep);
  entries.value = [...entries.value, ...made];
  const answers = made.map((entry) => new Promise<Result>((resolve) => waiters.set(entry.id, resolve)));
  void flush();
  return Promise.all(answers);
}

const soon = later(() => void flush(), 500);

export function flush(): Promise<void> {
  flushing ??= drain().finally(() => (flushing = null));
  return flushing;
}

async function drain(): Promise<void> {
  soon.cancel();
  clearTimeout(timer);
  try {
    for (;;) {
      const next = waiting.value[0];
      if (!next || !session.value) return;
      busy.value = true;
      const batch = waiting.value.filter((entry) => entry.issue === next.issue).slice(0, 100);
      for (const entry of batch) entry.state = "frozen";
      await writes;
      await send(next.issue, batch);
      trouble.value = "";
      pause = 0;
    }
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401) trouble.value = "signed-out";
    else trouble.value = "offline";
    pause = Math.min(15_000, Math.max(1000, pause * 2));
    timer = window.setTimeout(() => void flush(), pause);
  } finally {
    busy.value = false;
    if (!trouble.value && waiting.value.length) soon();
  }
}

async function send(issue: string, batch: readonly Entry[]): Promise<void> {
  let answer: Answer;
  try {
    answer = await post<Answer>(`${at.issue(issue)}/operations`, { operations: batch.map((entry) => entry.op) });
  } catch (problem) {
    const lasting = problem instanceof Refused && [403, 404, 413, 422].includes(problem.status);
    if (!lasting) throw problem;
    if (problem.reason.code === "csrf") {
      // Signed in anew in another tab: the token of this page is an old one.
      session.value = await get<Session>("/api/session");
      throw new NoAnswer("csrf");
    }
    if (batch.length > 1) {
      for (const entry of batch) await send(issue, [entry]);
      return;
    }
    settle(batch[0]!, { id: batch[0]!.id, status: "refused", error: problem.reason });
    refresh();
    return;
  }
  const results = new Map(answer.results.map((result) => [result.id, result]));
  for (const listener of listeners) listener(issue, answer);
  const done: string[] = [];
  for (const entry of batch) {
    const result = results.get(entry.id);
    if (!result) continue;
    if (result.status === "applied" || result.status === "duplicate") done.push(entry.id);
    settle(entry, result);
  }
  drop(done);
  if (!results.size) throw new NoAnswer("no results");
}

function settle(entry: Entry, result: Result): void {
  const text = entry.op.type === "set_text";
  if (result.status === "conflict" && text) {
    entry.state = "conflict";
    if (result.current) entry.current = result.current;
    entry.by = result.by ?? "";
    foldLater(entry);
    keep(entry);
  } else if (result.status === "refused" || result.status === "conflict") {
    if (text) {
      entry.state = "refused";
      if (result.error) entry.why = { en: result.error.en, zh: result.error.zh };
      keep(entry);
    } else {
      // Whoever asked for it is told; there is nothing typed in it that could be lost.
      drop([entry.id]);
    }
  }
  waiters.get(entry.id)?.(result);
  waiters.delete(entry.id);
}

/** One question for one line: what was typed after a conflict belongs to the same answer. */
function foldLater(entry: Entry): void {
  const line = lineOf(entry.op);
  const rest = entries.value.filter(
    (other) => other !== entry && other.order > entry.order && other.issue === entry.issue && lineOf(other.op) === line,
  );
  const last = rest[rest.length - 1];
  if (!last) return;
  entry.op = { ...entry.op, text: last.op["text"] };
  for (const other of rest) waiters.delete(other.id);
  drop(rest.map((other) => other.id));
}

/** The person's answer to a conflict or a refusal; null gives their own text up. */
export function resolve(entry: Entry, text: string | null, version: number, server: string): void {
  drop([entry.id]);
  if (text !== null) {
    const { issue, page } = entry;
    typed({ issue, page, line: lineOf(entry.op), text, server, version });
  }
}

export function linesOf(changed: Changed | undefined): NonNullable<Changed["lines"]> {
  return changed?.lines ?? {};
}

window.addEventListener("online", () => void flush());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void flush();
});
