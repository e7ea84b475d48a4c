/** What is drawn over the facsimile. The page is white in both themes, so are the colours one set. */
import type { Polygon } from "../api/types";
import { type Box, bounds, grips } from "./geometry";

export interface Shape {
  readonly id: string;
  readonly polygon: Polygon;
  /** A number picks a colour; -1 is grey. */
  readonly hue: number;
  readonly label: string;
}

export interface Scene {
  readonly regions: readonly Shape[];
  readonly lines: readonly Shape[];
  /** Regions drawn stronger. */
  readonly selected: ReadonlySet<string>;
  /** The line under the cursor, and the one under the mouse. */
  readonly current: Polygon | null;
  readonly hovered: Polygon | null;
  /** The character at the cursor. */
  readonly spot: Box | null;
  readonly hits: readonly Polygon[];
  /** Lines of the page to be shown as doubtful. */
  readonly doubtful: readonly Polygon[];
  readonly showRegions: boolean;
  readonly showLines: boolean;
  readonly showOrder: boolean;
  /** And a line from each region to the next. */
  readonly showPath: boolean;
  /** A frame being drawn or moved, with grips. */
  readonly frame: Box | null;
  readonly gripped: boolean;
}

export const EMPTY: Scene = {
  regions: [], lines: [], selected: new Set(), current: null, hovered: null, spot: null, hits: [], doubtful: [],
  showRegions: false, showLines: false, showOrder: false, showPath: false, frame: null, gripped: false,
};

/** Page pixels to screen pixels. */
export interface View {
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
}

const HUES = ["29 90 140", "168 40 28", "37 106 58", "125 82 0", "104 52 140", "0 105 110", "150 40 100", "84 90 20"];

export function hue(index: number, alpha: number): string {
  const rgb = index < 0 ? "90 84 76" : HUES[index % HUES.length]!;
  return `rgb(${rgb} / ${alpha})`;
}

export function paint(pen: CanvasRenderingContext2D, scene: Scene, view: View): void {
  pen.clearRect(0, 0, view.width, view.height);
  pen.lineJoin = "round";
  if (scene.showRegions) {
    for (const shape of scene.regions) {
      if (!visible(shape.polygon, view)) continue;
      const strong = scene.selected.has(shape.id);
      trace(pen, shape.polygon, view);
      pen.fillStyle = hue(shape.hue, strong ? 0.24 : 0.07);
      pen.fill();
      pen.strokeStyle = hue(shape.hue, strong ? 1 : 0.75);
      pen.lineWidth = strong ? 3 : 1.25;
      pen.stroke();
    }
  }
  if (scene.showLines) {
    pen.lineWidth = 0.75;
    for (const shape of scene.lines) {
      if (!visible(shape.polygon, view)) continue;
      trace(pen, shape.polygon, view);
      pen.strokeStyle = hue(shape.hue, 0.6);
      pen.stroke();
    }
  }
  for (const polygon of scene.doubtful) {
    if (!visible(polygon, view)) continue;
    trace(pen, polygon, view);
    pen.fillStyle = "rgb(214 150 20 / 0.22)";
    pen.fill();
  }
  for (const polygon of scene.hits) {
    trace(pen, polygon, view);
    pen.fillStyle = "rgb(255 205 40 / 0.42)";
    pen.fill();
    pen.strokeStyle = "rgb(168 100 0 / 0.95)";
    pen.lineWidth = 1.5;
    pen.stroke();
  }
  if (scene.hovered) outline(pen, scene.hovered, view, "rgb(29 90 140 / 0.10)", "rgb(29 90 140 / 0.7)", 1);
  if (scene.current) outline(pen, scene.current, view, "rgb(29 90 140 / 0.14)", "rgb(29 90 140 / 1)", 2);
  if (scene.spot) {
    pen.strokeStyle = "rgb(168 40 28 / 1)";
    pen.lineWidth = 2;
    const { x, y, w, h } = placed(scene.spot, view);
    pen.strokeRect(x - 1, y - 1, w + 2, h + 2);
  }
  if (scene.showOrder) paintOrder(pen, scene, view);
  if (scene.frame) paintFrame(pen, scene.frame, scene.gripped, view);
}

function outline(pen: CanvasRenderingContext2D, polygon: Polygon, view: View, fill: string, stroke: string, width: number) {
  trace(pen, polygon, view);
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.stroke();
}

function placed(box: Box, view: View) {
  return {
    x: box.x0 * view.scale + view.dx,
    y: box.y0 * view.scale + view.dy,
    w: (box.x1 - box.x0) * view.scale,
    h: (box.y1 - box.y0) * view.scale,
  };
}

function visible(polygon: Polygon, view: View): boolean {
  const { x, y, w, h } = placed(bounds(polygon), view);
  return x + w >= 0 && y + h >= 0 && x <= view.width && y <= view.height;
}

function trace(pen: CanvasRenderingContext2D, polygon: Polygon, view: View): void {
  pen.beginPath();
  for (const [x, y] of polygon) pen.lineTo(x * view.scale + view.dx, y * view.scale + view.dy);
  pen.closePath();
}

function paintOrder(pen: CanvasRenderingContext2D, scene: Scene, view: View): void {
  const centres = scene.regions.map((shape) => {
    const box = placed(bounds(shape.polygon), view);
    return { x: box.x + box.w / 2, y: box.y + Math.min(box.h / 2, 40), shape };
  });
  pen.strokeStyle = "rgb(31 28 24 / 0.55)";
  pen.lineWidth = 1.25;
  pen.beginPath();
  if (scene.showPath) centres.forEach(({ x, y }, i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
  pen.font = "600 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const { x, y, shape } of centres) {
    const width = Math.max(22, pen.measureText(shape.label).width + 10);
    pen.beginPath();
    pen.roundRect(x - width / 2, y - 10, width, 20, 10);
    pen.fillStyle = hue(shape.hue, 1);
    pen.fill();
    pen.fillStyle = "#fff";
    pen.fillText(shape.label, x, y + 0.5);
  }
}

function paintFrame(pen: CanvasRenderingContext2D, frame: Box, gripped: boolean, view: View): void {
  const { x, y, w, h } = placed(frame, view);
  pen.strokeStyle = "rgb(29 90 140 / 1)";
  pen.lineWidth = 2;
  pen.setLineDash(gripped ? [] : [6, 4]);
  pen.strokeRect(x, y, w, h);
  pen.setLineDash([]);
  if (!gripped) return;
  for (const [, [gx, gy]] of grips(frame)) {
    const px = gx * view.scale + view.dx;
    const py = gy * view.scale + view.dy;
    pen.beginPath();
    pen.rect(px - 5, py - 5, 10, 10);
    pen.fillStyle = "#fff";
    pen.fill();
    pen.stroke();
  }
}
