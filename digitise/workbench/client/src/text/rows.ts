/** Where each row of the list stands: heights are known beforehand, so nothing has to be measured. */
import type { Line, Region } from "../api/types";
import { bounds } from "../facsimile/geometry";
import { points } from "../lib/dom";
import type { Doc } from "../state/doc";

export interface Row {
  readonly kind: "region" | "line";
  readonly id: string;
}

export interface Sizes {
  readonly text: number;
  readonly width: number;
  readonly height: number;
  readonly upright: boolean;
}

export const REGION_HEIGHT = 40;
const OFFERS = 34;
/** The line being worked on is set larger than the others by as much. */
const LARGER = 1.4;

export function rowsOf(now: Doc): Row[] {
  const rows: Row[] = [];
  for (const id of now.page.order) {
    const region = now.regions[id];
    if (!region) continue;
    rows.push({ kind: "region", id });
    for (const line of region.lines) if (now.lines[line]) rows.push({ kind: "line", id: line });
  }
  return rows;
}

export function lineHeight(sizes: Sizes): number {
  return Math.round(sizes.text * 1.4 + 10);
}

export interface Strip {
  /** The piece of the page that is shown, in its pixels. */
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number];
  /** Its size on the screen. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly vertical: boolean;
  readonly fontSize: number;
  /** Extra room between characters, so that each stands by its picture. */
  readonly spacing: number;
  /** Where the text begins, by the picture's edge. */
  readonly inset: number;
  /** Height of the whole editor. */
  readonly total: number;
}

/**
 * What to put behind each of `count` characters, `set` long together, so that they fill `length`;
 * nothing where they would be torn apart or crowd.
 */
function spread(length: number, set: number, count: number, fontSize: number): number {
  const room = (length - set) / Math.max(1, count);
  return room > 0 && room < fontSize * 1.4 ? room : 0;
}

/** How wide a text is in ems, near enough: what is not ASCII is full width. */
function ems(text: string): number {
  let width = 0;
  for (const point of text) width += point < "\u007f" ? 0.56 : 1;
  return width;
}

/** The picture of a line at reading size, and how much room the editor takes with it. */
export function stripOf(line: Line, region: Region | undefined, text: string, sizes: Sizes): Strip {
  const { x0, y0, x1, y1 } = bounds(line.polygon);
  const vertical = region?.writing_mode === "vertical-rl" && sizes.upright;
  const tall = region?.writing_mode === "vertical-rl";
  const thick = Math.max(4, tall ? x1 - x0 : y1 - y0);
  const margin = thick * 0.18;
  const box = [x0 - margin, y0 - margin, x1 + margin, y1 + margin] as const;
  const [w, h] = [box[2] - box[0], box[3] - box[1]];
  const reading = sizes.text * 2.1;
  if (vertical) {
    const room = Math.max(180, Math.min(620, sizes.height * 0.7));
    const scale = Math.min(reading / thick, (room - 16) / h);
    const count = Math.max(1, points(text).length);
    const pitch = ((y1 - y0) * scale) / count;
    const fontSize = Math.max(12, Math.min(sizes.text * LARGER, pitch / 1.05));
    const total = Math.round(Math.max(h * scale, Math.min(room - 16, (count + 1) * fontSize), 150) + 16);
    const spacing = spread((y1 - y0) * scale, count * fontSize, count, fontSize);
    return { box, width: w * scale, height: h * scale, scale, vertical, fontSize, spacing, inset: margin * scale + spacing / 2, total };
  }
  const scale = Math.min(reading / (tall ? Math.max(w, h) / 6 : thick), (sizes.width - 30) / w, 220 / h);
  // As large as in the picture above, so that each character stands under its own.
  const pitch = ((x1 - x0) * scale) / Math.max(1, ems(text));
  const fits = (sizes.width - 36) / Math.max(1, ems(text));
  const largest = Math.min(sizes.text * LARGER, fits);
  const fontSize = Math.max(13, tall || !text ? Math.min(sizes.text, fits) : Math.min(largest, pitch));
  const spacing = tall ? 0 : spread((x1 - x0) * scale, ems(text) * fontSize, points(text).length, fontSize);
  const total = Math.round(h * scale + sizes.text * LARGER * 1.5 + OFFERS + 12 + 18);
  return { box, width: w * scale, height: h * scale, scale, vertical, fontSize, spacing, inset: tall ? 0 : margin * scale, total };
}

/** Tops of all rows, and below the last one the height of the whole. */
export function topsOf(rows: readonly Row[], sizes: Sizes, active: string, room: number): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  const plain = lineHeight(sizes);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const height = row.kind === "region" ? REGION_HEIGHT : row.id === active ? room : plain;
    tops[i + 1] = tops[i]! + height;
  }
  return tops;
}

/** The row that holds `y`. */
export function rowAt(tops: Float64Array, y: number): number {
  let [low, high] = [0, tops.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
