/** Which characters of an edited text are still the ones that were read. */
import { points } from "./dom";

export interface Step {
  readonly kind: "same" | "changed" | "added" | "gone";
  /** Place in the old text, -1 for what was added. */
  readonly from: number;
  /** Place in the new text, -1 for what is gone. */
  readonly to: number;
}

/** The cheapest way from `before` to `after`, character by character (Levenshtein). */
export function steps(before: readonly string[], after: readonly string[]): Step[] {
  const head = sharedHead(before, after);
  const tail = sharedTail(before, after, head);
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  const out: Step[] = [];
  for (let i = 0; i < head; i++) out.push({ kind: "same", from: i, to: i });
  for (const step of middle(a, b)) {
    out.push({
      kind: step.kind,
      from: step.from < 0 ? -1 : step.from + head,
      to: step.to < 0 ? -1 : step.to + head,
    });
  }
  for (let i = tail; i > 0; i--) {
    out.push({ kind: "same", from: before.length - i, to: after.length - i });
  }
  return out;
}

/** For each character of `after`, the place in `before` it stands for, or -1. */
export function origins(before: string, after: string): { from: number; same: boolean }[] {
  const out: { from: number; same: boolean }[] = [];
  for (const step of steps(points(before), points(after))) {
    if (step.to >= 0) out.push({ from: step.from, same: step.kind === "same" });
  }
  return out;
}

function sharedHead(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}

function sharedTail(a: readonly string[], b: readonly string[], head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let count = 0;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const width = b.length + 1;
  const cost = new Uint32Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) cost[i * width] = i;
  for (let j = 0; j <= b.length; j++) cost[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const swap = cost[(i - 1) * width + j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const drop = cost[(i - 1) * width + j]! + 1;
      const add = cost[i * width + j - 1]! + 1;
      cost[i * width + j] = Math.min(swap, drop, add);
    }
  }
  const out: Step[] = [];
  let i = a.length;
  let j = b.length;
  while (i > 0 || j > 0) {
    const here = cost[i * width + j]!;
    const equal = i > 0 && j > 0 && a[i - 1] === b[j - 1];
    if (i > 0 && j > 0 && here === cost[(i - 1) * width + j - 1]! + (equal ? 0 : 1)) {
      out.push({ kind: equal ? "same" : "changed", from: --i, to: --j });
    } else if (i > 0 && here === cost[(i - 1) * width + j]! + 1) {
      out.push({ kind: "gone", from: --i, to: -1 });
    } else {
      out.push({ kind: "added", from: -1, to: --j });
    }
  }
  return out.reverse();
}

export interface Merge {
  readonly text: string;
  readonly clean: boolean;
}

/** Both changes to `base` in one text; not `clean` where they touch the same characters. */
export function merge(base: string, mine: string, theirs: string): Merge {
  if (mine === theirs || theirs === base) return { text: mine, clean: true };
  if (mine === base) return { text: theirs, clean: true };
  const from = points(base);
  const left = edits(from, points(mine));
  const right = edits(from, points(theirs));
  const out: string[] = [];
  for (let i = 0; i <= from.length; i++) {
    const a = left.before[i]!;
    const b = right.before[i]!;
    if (a && b && a !== b) return { text: mine, clean: false };
    out.push(a || b);
    if (i === from.length) break;
    const c = left.at[i]!;
    const d = right.at[i]!;
    if (c !== from[i] && d !== from[i] && c !== d) return { text: mine, clean: false };
    out.push(c !== from[i] ? c : d);
  }
  return { text: out.join(""), clean: true };
}

function edits(base: readonly string[], next: readonly string[]) {
  const before = Array.from({ length: base.length + 1 }, () => "");
  const at = base.map(() => "");
  let place = 0;
  for (const step of steps(base, next)) {
    if (step.from >= 0) {
      at[step.from] = step.to >= 0 ? next[step.to]! : "";
      place = step.from + 1;
    } else {
      before[place] += next[step.to]!;
    }
  }
  return { before, at };
}
