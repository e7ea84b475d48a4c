/** The facsimile of the page on the desk, and what the mouse does on it in each mode. */
import { useMemo, useRef, useState } from "preact/hooks";

import type { Line, Point, Region } from "../../api/types";
import { type Box, between, bounds, dragged, type Grip, grips, grown, holds, inside, rectangle, stretched } from "../../facsimile/geometry";
import { Facsimile } from "../../facsimile/Facsimile";
import { EMPTY, type Scene, type Shape } from "../../facsimile/paint";
import type { Handlers, Viewer } from "../../facsimile/viewer";
import { t } from "../../i18n";
import { armAt, caret, current, doubtsOf, goToLine, hovered, marksOf } from "../../state/cursor";
import { doc, textOf } from "../../state/doc";
import { articleHue } from "../../state/hues";
import {
  drawing as drawnByKeys, drawn, inSight, pick, picked, pickedLine, regionAt, regionCursor, reshapeLine, reshapeRegion, shown, tool,
} from "../../state/repair";
import { set, settings } from "../../state/settings";
import type { Mode } from "../Desk";

interface Drag {
  readonly from: Point;
  readonly grip: Grip | "draw";
  readonly box: Box;
  /** What has been made of it so far: the screen may be a frame behind. */
  frame: Box | null;
}

/** For tests and for those who script the page: where things are on the screen, null while the
 * page is not there yet or moves. */
declare global {
  interface Window {
    digitiseScreen?: (at: Point) => Point | null;
  }
}

export function DeskPage({ mode }: { mode: Mode }) {
  const now = doc.value!;
  const [frame, setFrame] = useState<Box | null>(null);
  const drag = useRef<Drag | null>(null);
  const { showRegions, showLines, showOrder, showDoubts } = settings.value;
  const repairing = mode !== "text";

  const regions = useMemo<Shape[]>(
    () =>
      now.page.order.flatMap((id, place) => {
        const region = now.regions[id];
        return region ? [{ id, polygon: region.polygon, hue: articleHue(region.article), label: String(place + 1) }] : [];
      }),
    [now.page.order, now.regions, now.articles],
  );
  const lines = useMemo<Shape[]>(
    () =>
      Object.values(now.lines).map((line) => ({
        id: line.id, polygon: line.polygon, hue: articleHue(now.regions[line.region]?.article ?? ""), label: "",
      })),
    [now.lines, now.regions],
  );
  const doubtful = useMemo(
    () => (showDoubts && mode === "text" ? Object.values(now.lines).filter((line) => doubtsOf(line).length).map((line) => line.polygon) : []),
    [now.lines, showDoubts, mode],
  );

  const line = now.lines[current.value];
  const chosenLine = now.lines[pickedLine.value];
  const single = picked.value.length === 1 ? now.regions[picked.value[0]!] : undefined;
  const target: Line | Region | undefined = chosenLine ?? single;
  const gripBox = frame ?? drawnByKeys.value ?? (mode === "layout" && tool.value === "select" && target ? bounds(target.polygon) : null);
  const scene = useMemo<Scene>(
    () => ({
      ...EMPTY,
      regions,
      lines,
      doubtful,
      selected: new Set(repairing ? picked.value : []),
      current: mode === "text" && line ? line.polygon : (chosenLine?.polygon ?? null),
      hovered: (repairing ? now.regions[regionCursor.value] : now.lines[hovered.value])?.polygon ?? null,
      spot: mode === "text" && line ? spotOf(line) : null,
      showRegions: showRegions || repairing,
      showLines: showLines || (mode === "layout" && (single !== undefined || tool.value === "line")),
      showOrder: showOrder || (mode === "layout" && tool.value !== "line"),
      showPath: showOrder || tool.value === "order",
      frame: gripBox,
      gripped: mode === "layout" && tool.value === "select" && !drag.current,
    }),
    [regions, lines, doubtful, mode, line, chosenLine, hovered.value, caret.value, picked.value, tool.value, gripBox, regionCursor.value, showRegions, showLines, showOrder],
  );

  const handlers: Handlers = {
    hover: (at) => {
      hovered.value = at && mode === "text" ? (lineAt(at)?.id ?? "") : "";
    },
    click: (at, keys) => {
      if (mode === "text") clickText(at);
      else if (tool.value === "select" || tool.value === "order" || mode === "articles") {
        const region = regionAt(at);
        const more = keys.shift || keys.mod || tool.value === "order" || mode === "articles";
        if (region) {
          pick(region.id, more);
          regionCursor.value = region.id;
        }
        else if (!more) pick("");
      }
    },
    press: (at, reach) => {
      if (mode !== "layout") return false;
      if (tool.value === "region" || tool.value === "line") {
        drag.current = { from: at, grip: "draw", box: between(at, at), frame: null };
        return true;
      }
      const grip = target && tool.value === "select" ? gripAt(bounds(target.polygon), at, reach) : null;
      if (!target || !grip) return false;
      drag.current = { from: at, grip, box: bounds(target.polygon), frame: null };
      return true;
    },
    drag: (at) => {
      const held = drag.current;
      if (!held) return;
      const { from, grip, box } = held;
      held.frame = grip === "draw" ? between(from, at) : dragged(box, grip, at[0] - from[0], at[1] - from[1]);
      setFrame(held.frame);
    },
    release: () => {
      const held = drag.current;
      drag.current = null;
      setFrame(null);
      if (held?.frame) finish(held, held.frame, target);
    },
  };

  const shownRegion = now.regions[shown.value?.id ?? ""];
  const drawing = mode === "layout" && (tool.value === "region" || tool.value === "line");
  const onViewer = (viewer: Viewer): void => {
    window.digitiseScreen = (at) => viewer.screen(at);
    inSight.box = () => viewer.inSight();
  };
  return (
    <Facsimile
      tiles={now.page.tiles}
      scene={scene}
      handlers={handlers}
      follow={mode === "text" ? (line ? bounds(line.polygon) : null) : (shownRegion ? bounds(shownRegion.polygon) : null)}
      whole={mode === "articles"}
      cursor={drawing ? "cross" : ""}
      onViewer={onViewer}
    >
      <Toggle on={showRegions} name={t("show.regions")} change={(on) => set({ showRegions: on })} />
      <Toggle on={showLines} name={t("show.lines")} change={(on) => set({ showLines: on })} />
      <Toggle on={showOrder} name={t("show.order")} change={(on) => set({ showOrder: on })} />
      <Toggle on={showDoubts} name={t("show.doubts")} change={(on) => set({ showDoubts: on })} />
    </Facsimile>
  );
}

function Toggle({ on, name, change }: { on: boolean; name: string; change: (on: boolean) => void }) {
  return (
    <button type="button" class="button small" aria-pressed={on} onClick={() => change(!on)}>
      {name}
    </button>
  );
}

function spotOf(line: Line): Box | null {
  const marks = marksOf(line, textOf(line));
  const box = marks[Math.min(caret.value, marks.length - 1)]?.box;
  return box ? { x0: box[0], y0: box[1], x1: box[2], y1: box[3] } : null;
}

function lineAt(at: Point): Line | undefined {
  return Object.values(doc.peek()?.lines ?? {}).find((line) => holds(bounds(line.polygon), at) && inside(line.polygon, at));
}

function clickText(at: Point): void {
  const line = lineAt(at);
  if (!line) return;
  const marks = marksOf(line, textOf(line));
  const place = marks.findIndex(({ box }) => box && holds({ x0: box[0], y0: box[1], x1: box[2], y1: box[3] }, at));
  // A character that is clicked is picked: what is typed takes its place.
  if (place < 0 || !armAt(line, place)) goToLine(line.id, Math.max(0, place));
}

/** The nearest grip: from afar several are within reach. */
function gripAt(box: Box, at: Point, reach: number): Grip | null {
  const near = grips(box)
    .map(([grip, [x, y]]) => ({ grip, far: Math.max(Math.abs(at[0] - x), Math.abs(at[1] - y)) }))
    .sort((a, b) => a.far - b.far)[0];
  if (near && near.far <= reach) return near.grip;
  return holds(box, at) ? "move" : null;
}

function finish(held: Drag, frame: Box, target: Line | Region | undefined): void {
  const now = doc.peek();
  if (!now) return;
  if (held.grip === "draw") {
    drawn(frame);
    return;
  }
  const box = grown(frame, 0, now.page.width, now.page.height);
  if (!target || box.x1 - box.x0 < 4 || box.y1 - box.y0 < 4) return;
  const from = bounds(target.polygon);
  if (Math.abs(frame.x0 - from.x0) + Math.abs(frame.y0 - from.y0) + Math.abs(frame.x1 - from.x1) + Math.abs(frame.y1 - from.y1) < 2) return;
  const polygon = stretched(target.polygon.length > 2 ? target.polygon : rectangle(from), frame, now.page.width, now.page.height);
  if ("lines" in target) reshapeRegion(target, polygon, held.grip === "move");
  else reshapeLine(target, polygon);
}
