/** What could stand at a doubtful place: the recogniser's other readings, confusions, the glossary. */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { at, can, get } from "../api/client";
import type { Candidate, Candidates, Line } from "../api/types";
import { points } from "../lib/dom";
import { armed, current, type Doubt, doubtsOf, goToLine, look, stepLine, walk } from "../state/cursor";
import { doc, order, places, textOf } from "../state/doc";
import { performIn, setText } from "../state/history";
import { baseOf } from "../journal/outbox";

/** By line and version; `whole` once the engines have read the line anew. */
const known = signal<ReadonlyMap<string, { found: Candidates; whole: boolean }>>(new Map());
const NONE: Candidates = { chars: [], readings: [] };
const MOST = 9;
/** So many lines ahead are asked about, so that nobody waits for an engine. */
const AHEAD = 4;
const asked = new Map<string, Promise<void>>();
/** A number that was pressed before the candidates were there. */
let waiting: { doubt: Doubt; index: number } | null = null;

function key(line: Line): string {
  return `${line.id} ${line.version}`;
}

/** Asks for a line's candidates a moment after it was reached, and for those of the next doubtful
 * lines, once for each version of a line. */
export function useCandidates(line: Line): void {
  const picked = armed.value?.line === line.id;
  useEffect(() => {
    const now = doc.peek();
    if (!now || (!picked && !doubtsOf(line).length)) return undefined;
    // What is known already comes at once; what the engines read anew a moment later.
    const timer = setTimeout(() => void ask(now.issue, line, false), 60);
    const slower = setTimeout(() => {
      void ask(now.issue, line, true).then(() => ahead(now.issue, line.id));
    }, picked ? 120 : 400);
    return () => {
      clearTimeout(timer);
      clearTimeout(slower);
    };
  }, [line.id, line.version, picked]);
}

/** The next doubtful lines, one after the other, as long as the person has not gone elsewhere. */
async function ahead(issue: string, from: string): Promise<void> {
  const list = order.peek();
  let left = AHEAD;
  for (let place = (places.peek().get(from) ?? -1) + 1; place < list.length && left; place++) {
    const now = doc.peek();
    const line = now?.issue === issue ? now.lines[list[place]!] : undefined;
    if (!line || (current.peek() !== from && places.peek().get(current.peek())! > place)) return;
    if (!doubtsOf(line).length) continue;
    left -= 1;
    await ask(issue, line, false);
    await ask(issue, line, true);
  }
}

function ask(issue: string, line: Line, engines: boolean): Promise<void> {
  const name = `${key(line)} ${engines}`;
  const before = asked.get(name);
  if (before) return before;
  const made = fetchFor(issue, line, engines);
  asked.set(name, made);
  return made;
}

async function fetchFor(issue: string, line: Line, engines: boolean): Promise<void> {
  try {
    // An engine that is loaded first, on a busy machine, takes its time.
    const found = await get<Candidates>(`${at.line(issue, line.id)}/candidates`, engines ? { engines: "1" } : {}, engines ? 240 : 60);
    const before = known.peek().get(key(line));
    if (before?.whole) return;
    // What was offered keeps its number: the finger may be on its way.
    known.value = new Map(known.peek()).set(key(line), { found: before ? merged(before.found, found) : found, whole: engines });
  } catch {
    // Without candidates one still types.
    asked.delete(`${key(line)} ${engines}`);
    if (engines) known.value = new Map(known.peek()).set(key(line), { found: known.peek().get(key(line))?.found ?? NONE, whole: true });
  }
  takeWaiting();
}

function merged(old: Candidates, fresh: Candidates): Candidates {
  const first = new Map(old.chars.map((char) => [char.index, char.candidates]));
  const chars = fresh.chars.map((char) => {
    const kept = first.get(char.index) ?? [];
    const more = char.candidates.filter((one) => !kept.some((other) => other.text === one.text));
    return { ...char, candidates: [...kept, ...more] };
  });
  return { ...fresh, chars };
}

function takeWaiting(): void {
  const wanted = waiting;
  if (!wanted || wanted.doubt !== armed.peek() || asking.peek()) return;
  waiting = null;
  if (wanted.index < offers.peek().length) takeOffer(wanted.index);
}

/** The engines have not answered yet for the place that was walked to. */
export const asking = computed(() => {
  const line = armed.value ? doc.value?.lines[armed.value.line] : undefined;
  return line !== undefined && !known.value.get(key(line))?.whole;
});

/** For the place that was walked to. */
export const offers = computed<readonly Candidate[]>(() => {
  const doubt = armed.value;
  const line = doubt ? doc.value?.lines[doubt.line] : undefined;
  if (!doubt || !line) return [];
  const own: Candidate[] = doubt.offer === undefined ? [] : [{ text: doubt.offer, score: 1, source: "confusion" }];
  const found = known.value.get(key(line))?.found.chars.find((char) => char.index === doubt.origin)?.candidates ?? [];
  const standing = points(textOf(line)).slice(doubt.start, doubt.end).join("");
  const all = [...own, ...found].filter((offer) => offer.text !== standing);
  return all.filter((offer, i) => all.findIndex((other) => other.text === offer.text) === i).slice(0, MOST);
});

/** Puts the offer in place and goes on to the next doubt. */
export function takeOffer(index: number): void {
  const doubt = armed.value;
  const offer = offers.value[index];
  const line = doubt ? doc.value?.lines[doubt.line] : undefined;
  if (!doubt || !line || !can("correct")) return;
  if (!offer) {
    waiting = asking.value ? { doubt, index } : null;
    return;
  }
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
  // Whoever picked a character in passing stays there.
  if (doubt.kind !== "asked") queueMicrotask(() => walk(1));
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
