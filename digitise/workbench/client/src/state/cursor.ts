/** Where the person is: line, character, and what is doubtful around them. */
import { computed, signal } from "@preact/signals";

import type { CharBox, Line, Suggestion } from "../api/types";
import { points, pointsBefore } from "../lib/dom";
import { origins } from "../lib/diff";
import { doc, isDoubtful, order, places, textOf } from "./doc";

export const current = signal<string>("");
/** In code points. */
export const caret = signal(0);
/** The doubtful place that was walked to and not yet dealt with: candidates are a key away. */
export const armed = signal<Doubt | null>(null);
export const hovered = signal<string>("");
/** Asks the editor to take the focus and put the cursor there. */
export const request = signal<{ line: string; start: number; end: number } | null>(null);
export const suggestions = signal<ReadonlyMap<string, readonly Suggestion[]>>(new Map());
/** The page whose suggestions have come, or failed to. */
export const suggested = signal("");

export interface Doubt {
  readonly line: string;
  /** Half open, in code points of the text as it stands. */
  readonly start: number;
  readonly end: number;
  /** asked: picked by the person, though nothing is known against it. */
  readonly kind: "doubt" | "hint" | "asked";
  /** Place in the server's text, which its candidates are counted by; -1 where there is none. */
  readonly origin: number;
  readonly offer?: string;
}

export interface Mark {
  readonly text: string;
  readonly kind: "" | "doubt" | "hint" | "changed";
  readonly box: CharBox | null;
  readonly origin: number;
}

/** Characters a person has looked at and left as they are, in this visit. */
const seen = signal<ReadonlySet<string>>(new Set());

function seenKey(line: string, origin: number, text: string): string {
  return `${line} ${origin} ${text}`;
}

export function look(doubt: Doubt, text: string): void {
  const next = new Set(seen.value);
  points(text).slice(doubt.start, doubt.end).forEach((char, i) => next.add(seenKey(doubt.line, doubt.origin + i, char)));
  seen.value = next;
}

function anyDoubtful(line: Line): boolean {
  let chars: string[] | null = null;
  return line.chars.some((box, i) => box && box[4] < 1 && isDoubtful((chars ??= points(line.text))[i] ?? "", box[4]));
}

/** A person has typed or confirmed this line, and nothing in it is doubtful any more. */
export function isChecked(line: Line): boolean {
  return line.status === "done" || (line.edited && !anyDoubtful(line));
}

/** Each character of the line as it stands, with what is known of it. */
export function marksOf(line: Line, text: string): Mark[] {
  const chars = points(text);
  const found = text === line.text ? chars.map((_, i) => ({ from: i, same: true })) : origins(line.text, text);
  const machine = line.edited && line.machine !== text ? origins(line.machine, text) : null;
  const sure = isChecked(line);
  const marks = chars.map((char, i): Mark => {
    const { from, same } = found[i]!;
    const box = from >= 0 ? (line.chars[from] ?? null) : null;
    if (!same || (machine && !machine[i]!.same)) return { text: char, kind: "changed", box, origin: from };
    const low = box !== null && !sure && isDoubtful(char, box[4]);
    const kind = low && !seen.value.has(seenKey(line.id, from, char)) ? "doubt" : "";
    return { text: char, kind, box, origin: from };
  });
  for (const hint of suggestions.value.get(line.id) ?? []) {
    if (chars.slice(hint.start, hint.end).join("") !== hint.text) continue;
    if (seen.value.has(seenKey(line.id, hint.start, chars[hint.start] ?? ""))) continue;
    for (let i = hint.start; i < hint.end; i++) {
      const mark = marks[i];
      if (mark && mark.kind === "") marks[i] = { ...mark, kind: "hint" };
    }
  }
  return marks;
}

/** The doubtful places of a line, left to right. */
export function doubtsOf(line: Line): Doubt[] {
  const text = textOf(line);
  const hints = suggestions.value.get(line.id) ?? [];
  const quick = text === line.text && !hints.length && !anyDoubtful(line);
  if (quick) return [];
  const found: Doubt[] = [];
  const marks = marksOf(line, text);
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!;
    if (mark.kind === "doubt") found.push({ line: line.id, start: i, end: i + 1, kind: "doubt", origin: mark.origin });
    if (mark.kind !== "hint") continue;
    const hint = hints.find((one) => one.start === i);
    if (hint) {
      found.push({ line: line.id, start: i, end: hint.end, kind: "hint", origin: i, offer: hint.suggestion });
      i = hint.end - 1;
    }
  }
  return found;
}

export const doubtCount = computed(() => {
  const now = doc.value;
  if (!now) return 0;
  let count = 0;
  for (const id of order.value) {
    const line = now.lines[id];
    if (line) count += doubtsOf(line).length;
  }
  return count;
});

/** Where the cursor is at this moment; the browser tells of its moves a little later. */
export function caretNow(): number {
  const field = document.activeElement;
  return field instanceof HTMLTextAreaElement ? pointsBefore(field.value, field.selectionStart) : caret.peek();
}

export function goToLine(line: string, start = 0, end = start): void {
  armed.value = null;
  current.value = line;
  request.value = { line, start, end };
}

export function arm(doubt: Doubt): void {
  current.value = doubt.line;
  request.value = { line: doubt.line, start: doubt.start, end: doubt.end };
  armed.value = doubt;
}

/** Picks one character of a line, doubtful or not: candidates are offered and typing replaces it. */
export function armAt(line: Line, place: number): boolean {
  const marks = marksOf(line, textOf(line));
  const mark = marks[place];
  if (!mark) return false;
  const doubt = doubtsOf(line).find((one) => one.start <= place && place < one.end);
  arm(doubt ?? { line: line.id, start: place, end: place + 1, kind: "asked", origin: mark.origin });
  return true;
}

/** The next doubtful place from the cursor on, over the whole page; false when there is none. */
export function walk(step: 1 | -1): boolean {
  const now = doc.value;
  const list = order.value;
  if (!now || !list.length) return false;
  const from = places.value.get(current.value) ?? (step > 0 ? 0 : list.length - 1);
  for (let i = 0; i <= list.length; i++) {
    const place = (from + step * i + list.length * 2) % list.length;
    const line = now.lines[list[place]!];
    if (!line) continue;
    let doubts = doubtsOf(line);
    if (i === 0 && current.value) {
      const at = armed.value;
      doubts = doubts.filter((doubt) =>
        step > 0 ? doubt.start >= (at ? at.end : caretNow()) : doubt.end <= (at ? at.start : caretNow()),
      );
    }
    const next = step > 0 ? doubts[0] : doubts[doubts.length - 1];
    if (next) {
      arm(next);
      return true;
    }
  }
  return false;
}

export function stepLine(step: number): string {
  const list = order.value;
  const place = (places.value.get(current.value) ?? -1) + step;
  return list[Math.max(0, Math.min(list.length - 1, place))] ?? "";
}

/** The first line of the next or previous region or article. */
export function jump(step: 1 | -1, what: "region" | "article"): void {
  const now = doc.value;
  if (!now) return;
  const key = (id: string): string => {
    const region = now.lines[id]?.region ?? "";
    return what === "region" ? region : (now.regions[region]?.article ?? "");
  };
  const list = order.value;
  let place = places.value.get(current.value) ?? 0;
  const here = key(list[place] ?? "");
  while (place >= 0 && place < list.length && key(list[place]!) === here) place += step;
  if (place < 0 || place >= list.length) return;
  if (step < 0) {
    const there = key(list[place]!);
    while (place > 0 && key(list[place - 1]!) === there) place--;
  }
  goToLine(list[place]!);
}
