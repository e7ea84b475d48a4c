/** Plane geometry in pixels of the page. */
import { clamp } from "../lib/dom";
import type { Point, Polygon } from "../api/types";

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function bounds(polygon: Polygon): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygon) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return { x0, y0, x1, y1 };
}

export function around(boxes: readonly Box[]): Box {
  return {
    x0: Math.min(...boxes.map((box) => box.x0)),
    y0: Math.min(...boxes.map((box) => box.y0)),
    x1: Math.max(...boxes.map((box) => box.x1)),
    y1: Math.max(...boxes.map((box) => box.y1)),
  };
}

export function grown(box: Box, by: number, width: number, height: number): Box {
  return {
    x0: Math.max(0, box.x0 - by),
    y0: Math.max(0, box.y0 - by),
    x1: Math.min(width, box.x1 + by),
    y1: Math.min(height, box.y1 + by),
  };
}

export function holds(box: Box, [x, y]: Point): boolean {
  return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

/** Even-odd rule. */
export function inside(polygon: Polygon, [x, y]: Point): boolean {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

export function rectangle(box: Box): Polygon {
  const { x0, y0, x1, y1 } = box;
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

export function between(a: Point, b: Point): Box {
  return {
    x0: Math.min(a[0], b[0]),
    y0: Math.min(a[1], b[1]),
    x1: Math.max(a[0], b[0]),
    y1: Math.max(a[1], b[1]),
  };
}

/** The polygon stretched from one bounding box to another, in whole pixels within the page. */
export function stretched(polygon: Polygon, to: Box, width: number, height: number): Polygon {
  const from = bounds(polygon);
  const sx = (to.x1 - to.x0) / Math.max(1, from.x1 - from.x0);
  const sy = (to.y1 - to.y0) / Math.max(1, from.y1 - from.y0);
  return polygon.map(([x, y]) => [
    Math.round(clamp(to.x0 + (x - from.x0) * sx, 0, width)),
    Math.round(clamp(to.y0 + (y - from.y0) * sy, 0, height)),
  ]);
}

/** `box` pushed back into the page where it hangs over its edge. */
export function inPage(box: Box, width: number, height: number): Box {
  const dx = Math.max(0, -box.x0) - Math.max(0, box.x1 - width);
  const dy = Math.max(0, -box.y0) - Math.max(0, box.y1 - height);
  return grown({ x0: box.x0 + dx, y0: box.y0 + dy, x1: box.x1 + dx, y1: box.y1 + dy }, 0, width, height);
}

export type Grip = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "move";

export function grips(box: Box): [Grip, Point][] {
  const cx = (box.x0 + box.x1) / 2;
  const cy = (box.y0 + box.y1) / 2;
  return [
    ["nw", [box.x0, box.y0]], ["n", [cx, box.y0]], ["ne", [box.x1, box.y0]], ["e", [box.x1, cy]],
    ["se", [box.x1, box.y1]], ["s", [cx, box.y1]], ["sw", [box.x0, box.y1]], ["w", [box.x0, cy]],
  ];
}

/** `box` after `grip` was dragged by (dx, dy); never turned inside out. */
export function dragged(box: Box, grip: Grip, dx: number, dy: number): Box {
  let { x0, y0, x1, y1 } = box;
  if (grip === "move") return { x0: x0 + dx, y0: y0 + dy, x1: x1 + dx, y1: y1 + dy };
  if (grip.includes("w")) x0 = Math.min(x0 + dx, x1 - 4);
  if (grip.includes("e")) x1 = Math.max(x1 + dx, x0 + 4);
  if (grip.includes("n")) y0 = Math.min(y0 + dy, y1 - 4);
  if (grip.includes("s")) y1 = Math.max(y1 + dy, y0 + 4);
  return { x0, y0, x1, y1 };
}
