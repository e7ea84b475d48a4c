/** What is picked on the page, and the operations that repair its layout and articles. */
import { signal } from "@preact/signals";

import type { Bases, Line, Point, Polygon, Region, WritingMode } from "../api/types";
import { type Box, bounds, grown, inPage, inside, rectangle } from "../facsimile/geometry";
import { baseOf } from "../journal/outbox";
import { caretNow, current, goToLine } from "./cursor";
import { doc, order } from "./doc";
import { perform } from "./history";

export type Tool = "select" | "region" | "line" | "order";

export const tool = signal<Tool>("select");
/** Regions in the order they were picked. */
export const picked = signal<readonly string[]>([]);
/** A frame that is being drawn with keys. */
export const drawing = signal<Box | null>(null);
/** What of the page is in sight; set by the picture. */
export const inSight: { box: () => Box | null } = { box: () => null };
/** Where the keys are among the regions, whether it is picked or not. */
export const regionCursor = signal<string>("");
/** A region to be brought into sight: one that was picked elsewhere than on the page. */
export const shown = signal<{ id: string } | null>(null);
/** A line picked within the one picked region. */
export const pickedLine = signal<string>("");
/** A region whose new reading is looked at. */
export const recognising = signal<string>("");

export function pick(id: string, more = false): void {
  pickedLine.value = "";
  if (!more) picked.value = id ? [id] : [];
  else if (picked.value.includes(id)) picked.value = picked.value.filter((one) => one !== id);
  else picked.value = [...picked.value, id];
}

/** The same from a list or by keys: the page goes along. */
export function pickAndShow(id: string, more = false): void {
  pick(id, more);
  regionCursor.value = id;
  shown.value = { id };
}

/** To the next or previous region in reading order; what is picked goes along unless `keep`. */
export function stepRegion(by: 1 | -1, keep = false): void {
  const list = doc.peek()?.page.order ?? [];
  const at = list.indexOf(regionCursor.peek() || (picked.peek().at(-1) ?? ""));
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (!next) return;
  if (!keep) pick(next);
  regionCursor.value = next;
  shown.value = { id: next };
}

/** The region the line in hand is in, to begin with. */
export function pickCurrent(): void {
  const now = doc.peek();
  const region = now?.lines[current.peek()]?.region ?? "";
  if (now?.regions[region] && !picked.peek().length) pick(region);
  regionCursor.value = picked.peek().at(-1) ?? region;
}

export function pickedRegions(): Region[] {
  const now = doc.value;
  return picked.value.flatMap((id) => (now?.regions[id] ? [now.regions[id]] : []));
}

const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";

function signs(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => SIGNS[byte % 36]).join("");
}

export const newId = {
  region: (): string => `${doc.peek()?.page.id ?? "p"}-r${signs()}`,
  line: (): string => `${doc.peek()?.page.id ?? "p"}-l${signs()}`,
  article: (): string => `a${signs()}`,
};

/** The versions seen of these entities, whatever they are. */
export function seen(...ids: string[]): Bases {
  const now = doc.peek();
  const bases: Bases = {};
  if (!now) return bases;
  for (const id of ids) {
    const entity = now.lines[id] ?? now.regions[id] ?? now.articles[id] ?? (now.page.id === id ? now.page : undefined);
    bases[id] = baseOf(now.issue, id, entity?.version ?? 0);
  }
  return bases;
}

/** Drawing with keys: at first a frame in the middle of what is in sight, then what it frames. */
export function placeFrame(): void {
  const now = doc.peek();
  const frame = drawing.peek();
  if (frame) {
    drawing.value = null;
    drawn(frame);
    return;
  }
  const view = inSight.box();
  if (!now || !view) return;
  const [cx, cy] = [(view.x0 + view.x1) / 2, (view.y0 + view.y1) / 2];
  const w = (view.x1 - view.x0) / 4;
  const h = tool.peek() === "line" ? w / 10 : (view.y1 - view.y0) / 6;
  drawing.value = inPage({ x0: cx - w, y0: cy - h, x1: cx + w, y1: cy + h }, now.page.width, now.page.height);
}

/** A frame was drawn: it becomes a region, which is offered to be read, or a line. */
export function drawn(frame: Box): void {
  const now = doc.peek();
  if (!now) return;
  const box = grown(frame, 0, now.page.width, now.page.height);
  if (box.x1 - box.x0 < 4 || box.y1 - box.y0 < 4) return;
  if (tool.peek() === "region") {
    tool.value = "select";
    const tall = (box.y1 - box.y0) / (box.x1 - box.x0) > 6;
    void drawRegion(box, tall ? "vertical-rl" : "horizontal-tb").then((id) => (recognising.value = id));
    return;
  }
  const middle: Point = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  const region = regionAt(middle) ?? now.regions[picked.peek()[0] ?? ""];
  if (region) void drawLine(box, region);
}

/** The smallest region there: one inside another can be picked too. */
export function regionAt(at: Point): Region | undefined {
  const found = Object.values(doc.peek()?.regions ?? {}).filter((region) => inside(region.polygon, at));
  const area = (region: Region): number => {
    const { x0, y0, x1, y1 } = bounds(region.polygon);
    return (x1 - x0) * (y1 - y0);
  };
  return found.sort((a, b) => area(a) - area(b))[0];
}

export async function drawRegion(box: Box, mode: WritingMode): Promise<string> {
  const now = doc.peek();
  if (!now) return "";
  const new_id = newId.region();
  const done = await perform({
    type: "add_region", page: now.page.id, new_id, kind: "body", writing_mode: mode, polygon: whole(rectangle(box)),
    new_article: newId.article(), bases: seen(now.page.id),
  });
  if (done) pick(new_id);
  return done ? new_id : "";
}

/** A line in the region it was drawn in; its place among the others is where it lies. */
export async function drawLine(box: Box, region: Region): Promise<void> {
  const now = doc.peek();
  if (!now) return;
  const new_id = newId.line();
  const vertical = region.writing_mode === "vertical-rl";
  const middle = vertical ? (box.x0 + box.x1) / 2 : (box.y0 + box.y1) / 2;
  const before = region.lines.find((id) => {
    const line = now.lines[id];
    if (!line) return false;
    const { x0, y0, x1, y1 } = bounds(line.polygon);
    return vertical ? (x0 + x1) / 2 < middle : (y0 + y1) / 2 > middle;
  });
  const polygon = whole(rectangle(box));
  await perform({
    type: "add_line", region: region.id, new_id, polygon, text: "", before: before ?? null, bases: seen(region.id),
  });
  pickedLine.value = new_id;
}

export function reshapeRegion(region: Region, polygon: Polygon, withLines: boolean): void {
  void perform({ type: "move_region", region: region.id, polygon: whole(polygon), with_lines: withLines, bases: seen(region.id) });
}

export function reshapeLine(line: Line, polygon: Polygon): void {
  void perform({ type: "move_line", line: line.id, polygon: whole(polygon), bases: seen(line.id) });
}

function whole(polygon: Polygon): Polygon {
  return polygon.map(([x, y]) => [Math.round(x), Math.round(y)]);
}

export async function removeRegions(): Promise<void> {
  const regions = pickedRegions();
  picked.value = [];
  await perform(...regions.map((region) => ({ type: "delete_region", region: region.id, bases: seen(region.id) })));
}

export async function mergeRegions(): Promise<void> {
  const now = doc.peek();
  const ids = picked.value;
  if (!now || ids.length < 2) return;
  // In reading order, whatever the order of the clicks.
  const sorted = now.page.order.filter((id) => ids.includes(id));
  const done = await perform({ type: "merge_regions", regions: sorted, bases: seen(...sorted) });
  if (done) pick(sorted[0]!);
}

/** This line and all after it become a region of their own. */
export async function splitRegion(region: Region, from: string): Promise<void> {
  const lines = region.lines.slice(region.lines.indexOf(from));
  if (!lines.length || lines.length === region.lines.length) return;
  const new_id = newId.region();
  const done = await perform({ type: "split_region", region: region.id, new_id, lines, bases: seen(region.id) });
  if (done) pick(new_id);
}

export function setKind(regions: readonly Region[], kind: string): void {
  void perform(...regions.map((region) => ({ type: "set_kind", region: region.id, kind, bases: seen(region.id) })));
}

export function setDirection(regions: readonly Region[], writing_mode: WritingMode): void {
  void perform(...regions.map((region) => ({ type: "set_direction", region: region.id, writing_mode, bases: seen(region.id) })));
}

export function setOrder(wanted: readonly string[]): void {
  const now = doc.peek();
  if (!now) return;
  void perform({ type: "set_order", page: now.page.id, order: [...wanted], bases: seen(now.page.id) });
}

/** Puts a region at a place (from 0) of the reading order. */
export function moveInOrder(id: string, place: number): void {
  const now = doc.peek();
  if (!now) return;
  const rest = now.page.order.filter((other) => other !== id);
  rest.splice(Math.max(0, Math.min(rest.length, place)), 0, id);
  if (rest.join() !== now.page.order.join()) setOrder(rest);
}

/** The picked regions come one after the other, where the first of them stood. */
export function orderAsPicked(): void {
  const now = doc.peek();
  const ids = picked.value;
  if (!now || ids.length < 2) return;
  const at = now.page.order.filter((id) => !ids.includes(id) || id === ids[0]).indexOf(ids[0]!);
  const rest = now.page.order.filter((id) => !ids.includes(id));
  rest.splice(at, 0, ...ids);
  setOrder(rest);
}

// Lines, from the text as well as from the layout.

export function splitLine(): void {
  const line = doc.peek()?.lines[current.peek()];
  const at = caretNow();
  if (!line || at <= 0 || at >= Array.from(line.text).length) return;
  const new_id = newId.line();
  void perform({ type: "split_line", line: line.id, new_id, at, bases: seen(line.id) }).then((done) => {
    if (done) goToLine(new_id);
  });
}

export function mergeLine(): void {
  const now = doc.peek();
  const line = now?.lines[current.peek()];
  const mates = line ? (now?.regions[line.region]?.lines ?? []) : [];
  const next = mates[mates.indexOf(line?.id ?? "") + 1];
  if (!line || !next) return;
  const at = Array.from(line.text).length;
  void perform({ type: "merge_lines", lines: [line.id, next], bases: seen(line.id, next) }).then((done) => {
    if (done) goToLine(line.id, at);
  });
}

export function removeLine(id: string): void {
  const list = order.peek();
  const place = list.indexOf(id);
  const next = list[place + 1] ?? list[place - 1] ?? "";
  void perform({ type: "delete_line", line: id, bases: seen(id) }).then((done) => {
    if (done && current.peek() === id && next) goToLine(next);
  });
}

/** Up or down among the lines of its region. */
export function moveLine(id: string, step: 1 | -1): void {
  const now = doc.peek();
  const region = now?.regions[now.lines[id]?.region ?? ""];
  if (!region) return;
  const lines = [...region.lines];
  const place = lines.indexOf(id);
  const to = place + step;
  if (to < 0 || to >= lines.length) return;
  lines.splice(place, 1);
  lines.splice(to, 0, id);
  void perform({ type: "order_lines", region: region.id, lines, bases: seen(region.id) });
}
