/** Undo and redo without limit: one's own changes, newest first, over all pages of a visit. */
import { computed, signal } from "@preact/signals";

import type { Bases, Result } from "../api/types";
import { submit, typed } from "../journal/outbox";
import { toast } from "../ui/toast";
import { t } from "../i18n";
import { doc, textOf } from "./doc";

interface TextChange {
  readonly kind: "text";
  readonly issue: string;
  readonly page: string;
  readonly line: string;
  readonly before: string;
  after: string;
  at: number;
}

interface Deed {
  readonly kind: "deed";
  readonly issue: string;
  readonly page: string;
  /** Numbers of the operations in the server's journal: what a revert refers to. */
  seqs: Promise<number[]>;
}

type Change = TextChange | Deed;

const done = signal<readonly Change[]>([]);
const undone = signal<readonly Change[]>([]);

export const canUndo = computed(() => done.value.length > 0);
export const canRedo = computed(() => undone.value.length > 0);

/** Where to look after an undo or redo. */
export const goTo = signal<{ page: string; line: string } | null>(null);

const TOGETHER = 1200;

/** Sets a line's text: shown, kept and sent; `group` joins it to the last change of that line. */
export function setText(line: string, text: string, group = false): void {
  const now = doc.peek();
  const entity = now?.lines[line];
  if (!now || !entity) return;
  const before = textOf(entity, now.issue);
  if (before === text) return;
  const last = done.value[done.value.length - 1];
  const time = performance.now();
  const joins = group && last?.kind === "text" && last.line === line && time - last.at < TOGETHER;
  if (joins) {
    last.after = text;
    last.at = time;
  } else {
    const change: TextChange = { kind: "text", issue: now.issue, page: now.page.id, line, before, after: text, at: time };
    done.value = [...done.value, change];
  }
  undone.value = [];
  send(line, text);
}

function send(line: string, text: string): void {
  const now = doc.peek();
  const entity = now?.lines[line];
  if (!now || !entity) return;
  typed({ issue: now.issue, page: now.page.id, line, text, server: entity.text, version: entity.version });
}

export type Wanted = { type: string; bases: Bases; [field: string]: unknown };

/** Does operations that can be undone. False, and said why, when one was not applied. */
export async function perform(...wanted: Wanted[]): Promise<Result[] | null> {
  const now = doc.peek();
  if (!now) return null;
  return performIn(now.issue, now.page.id, wanted);
}

export async function performIn(issue: string, page: string, wanted: readonly Wanted[]): Promise<Result[] | null> {
  const answers = submit(issue, page, wanted);
  const deed: Deed = { kind: "deed", issue, page, seqs: answers.then(seqsOf) };
  done.value = [...done.value, deed];
  undone.value = [];
  const results = await answers;
  if (!(await deed.seqs).length) done.value = done.value.filter((change) => change !== deed);
  return complain(results) ? null : results;
}

function seqsOf(results: readonly Result[]): number[] {
  return results.flatMap((result) => (isIn(result) && result.seq !== undefined ? [result.seq] : []));
}

function isIn(result: Result): boolean {
  return result.status === "applied" || result.status === "duplicate";
}

function complain(results: readonly Result[]): boolean {
  const bad = results.find((result) => !isIn(result));
  if (!bad) return false;
  if (bad.status === "conflict") toast(t("conflict.changedBy", { by: bad.by ?? "?" }), "red");
  else toast(bad.error ? t("plain", { text: bad.error[t("lang") === "en" ? "en" : "zh"] }) : t("refused"), "red");
  return true;
}

export function undo(): void {
  const change = done.value[done.value.length - 1];
  if (!change) return;
  done.value = done.value.slice(0, -1);
  undone.value = [...undone.value, change];
  if (change.kind === "text") put(change, change.before);
  else void reverse(change);
}

export function redo(): void {
  const change = undone.value[undone.value.length - 1];
  if (!change) return;
  undone.value = undone.value.slice(0, -1);
  done.value = [...done.value, change];
  if (change.kind === "text") put(change, change.after);
  else void reverse(change);
}

function put(change: TextChange, text: string): void {
  change.at = 0;
  const now = doc.peek();
  if (now?.issue === change.issue && now.lines[change.line]) send(change.line, text);
  else typedElsewhere(change, text);
  goTo.value = { page: change.page, line: change.line };
}

/** The line is on another page: its present version is asked for first. */
function typedElsewhere(change: TextChange, text: string): void {
  goTo.value = { page: change.page, line: change.line };
  const stop = doc.subscribe((now) => {
    if (now?.issue === change.issue && now.lines[change.line]) {
      queueMicrotask(() => stop());
      queueMicrotask(() => send(change.line, text));
    }
  });
}

async function reverse(deed: Deed): Promise<void> {
  const seqs = [...(await deed.seqs)].reverse();
  const wanted = seqs.map((seq) => ({ type: "revert", seq, bases: {} }));
  const answers = submit(deed.issue, deed.page, wanted);
  deed.seqs = answers.then(seqsOf);
  complain(await answers);
}
