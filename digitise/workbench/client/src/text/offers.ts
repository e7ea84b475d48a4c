/** What could stand at a doubtful place: the recogniser's other readings, confusions, the glossary. */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { at, can, get } from "../api/client";
import type { Candidate, Candidates, Line } from "../api/types";
import { points } from "../lib/dom";
import { armed, current, type Doubt, doubtsOf, goToLine, look, stepLine, walk } from "../state/cursor";
import { doc, textOf } from "../state/doc";
import { performIn, setText } from "../state/history";
import { baseOf } from "../journal/outbox";

const known = signal<ReadonlyMap<string, Candidates>>(new Map());
const MOST = 9;

function key(line: Line): string {
  return `${line.id} ${line.version}`;
}

/** Asks for a line's candidates a moment after it was reached, once for each version of it. */
export function useCandidates(line: Line): void {
  useEffect(() => {
    const issue = doc.peek()?.issue;
    if (!issue || known.peek().has(key(line)) || !doubtsOf(line).length) return undefined;
    // What is known already comes at once; what the engines read anew a moment later.
    const timer = setTimeout(() => void fetchFor(issue, line, false), 60);
    const slower = setTimeout(() => void fetchFor(issue, line, true), 500);
    return () => {
      clearTimeout(timer);
      clearTimeout(slower);
    };
  }, [line.id, line.version]);
}

async function fetchFor(issue: string, line: Line, engines: boolean): Promise<void> {
  try {
    const found = await get<Candidates>(`${at.line(issue, line.id)}/candidates`, engines ? { engines: "1" } : {});
    if (!engines && known.value.has(key(line))) return;
    known.value = new Map(known.value).set(key(line), found);
  } catch {
    // Without candidates one still types.
  }
}

/** For the place that was walked to. */
export const offers = computed<readonly Candidate[]>(() => {
  const doubt = armed.value;
  const line = doubt ? doc.value?.lines[doubt.line] : undefined;
  if (!doubt || !line) return [];
  const own: Candidate[] = doubt.offer === undefined ? [] : [{ text: doubt.offer, score: 1, source: "confusion" }];
  const found = known.value.get(key(line))?.chars.find((char) => char.index === doubt.origin)?.candidates ?? [];
  const standing = points(textOf(line)).slice(doubt.start, doubt.end).join("");
  const all = [...own, ...found].filter((offer) => offer.text !== standing);
  return all.filter((offer, i) => all.findIndex((other) => other.text === offer.text) === i).slice(0, MOST);
});

/** Puts the offer in place and goes on to the next doubt. */
export function takeOffer(index: number): void {
  const doubt = armed.value;
  const offer = offers.value[index];
  const line = doubt ? doc.value?.lines[doubt.line] : undefined;
  if (!doubt || !offer || !line || !can("correct")) return;
  const chars = points(textOf(line));
  chars.splice(doubt.start, doubt.end - doubt.start, ...points(offer.text));
  setText(line.id, chars.join(""));
  goOn(doubt, doubt.start + points(offer.text).length);
}

/** The character is right: the doubt goes, and with the last one of a line the line is confirmed. */
export function rightAsIs(): void {
  const doubt = armed.value;
  const line = doubt ? doc.value?.lines[doubt.line] : undefined;
  if (!doubt || !line || !can("correct")) return;
  look(doubt, textOf(line));
  if (!doubtsOf(line).length) confirm(line);
  goOn(doubt, doubt.end);
}

function goOn(doubt: Doubt, place: number): void {
  armed.value = null;
  goToLine(doubt.line, place);
  queueMicrotask(() => walk(1));
}

/** Says that a line is right as it stands. */
export function confirm(line: Line): void {
  const now = doc.peek();
  if (!now) return;
  const bases = { [line.id]: baseOf(now.issue, line.id, line.version) };
  void performIn(now.issue, now.page.id, [{ type: "set_text", bases, line: line.id, text: textOf(line) }]);
}

/** The whole line is right; on to the next one. */
export function confirmLine(step: number): void {
  const line = doc.peek()?.lines[current.value];
  if (!line) return;
  if (!can("correct")) {
    goToLine(stepLine(step));
    return;
  }
  const sure = line.edited && textOf(line) === line.text && !doubtsOf(line).length;
  if (!sure) {
    for (const doubt of doubtsOf(line)) look(doubt, textOf(line));
    confirm(line);
  }
  const next = stepLine(step);
  if (next !== line.id) goToLine(next);
}
