/** The facsimile of the page on the desk, and what the mouse does on it in each mode. */
import { useMemo, useRef, useState } from "preact/hooks";

import type { Line, Point, Region } from "../../api/types";
import { type Box, between, bounds, dragged, type Grip, grips, grown, holds, inside, rectangle, stretched } from "../../facsimile/geometry";
import { Facsimile } from "../../facsimile/Facsimile";
import { EMPTY, type Scene, type Shape } from "../../facsimile/paint";
import type { Handlers, Viewer } from "../../facsimile/viewer";
import { t } from "../../i18n";
import { caret, current, doubtsOf, goToLine, hovered, marksOf } from "../../state/cursor";
import { doc, textOf } from "../../state/doc";
import { articleHue } from "../../state/hues";
import { drawLine, drawRegion, pick, picked, pickedLine, recognising, reshapeLine, reshapeRegion, tool } from "../../state/repair";
import { set, settings } from "../../state/settings";
import type { Mode } from "../Desk";

interface Drag {
  readonly from: Point;
  readonly grip: Grip | "draw";
  readonly box: Box;
}

/** For tests and for those who script the page: where things are on the screen. */
declare global {
  interface Window {
    digitiseScreen?: (at: Point) => Point;
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
  const gripBox = frame ?? (mode === "layout" && tool.value === "select" && target ? bounds(target.polygon) : null);
  const scene = useMemo<Scene>(
    () => ({
      ...EMPTY,
      regions,
      lines,
      doubtful,
      selected: new Set(repairing ? picked.value : []),
      current: mode === "text" && line ? line.polygon : (chosenLine?.polygon ?? null),
      hovered: now.lines[hovered.value]?.polygon ?? null,
      spot: mode === "text" && line ? spotOf(line) : null,
      showRegions: showRegions || repairing,
      showLines: showLines || (mode === "layout" && (single !== undefined || tool.value === "line")),
      showOrder: showOrder || (mode === "layout" && tool.value !== "line"),
      showPath: showOrder || tool.value === "order",
      frame: gripBox,
      gripped: mode === "layout" && tool.value === "select" && !drag.current,
    }),
    [regions, lines, doubtful, mode, line, chosenLine, hovered.value, caret.value, picked.value, tool.value, gripBox, showRegions, showLines, showOrder],
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
        if (region) pick(region.id, more);
        else if (!more) pick("");
      }
    },
    press: (at, reach) => {
      if (mode !== "layout") return false;
      if (tool.value === "region" || tool.value === "line") {
        drag.current = { from: at, grip: "draw", box: between(at, at) };
        return true;
      }
      const grip = target && tool.value === "select" ? gripAt(bounds(target.polygon), at, reach) : null;
      if (!target || !grip) return false;
      drag.current = { from: at, grip, box: bounds(target.polygon) };
      return true;
    },
    drag: (at) => {
      const held = drag.current;
      if (!held) return;
      const { from, grip, box } = held;
      setFrame(grip === "draw" ? between(from, at) : dragged(box, grip, at[0] - from[0], at[1] - from[1]));
    },
    release: () => {
      const held = drag.current;
      drag.current = null;
      setFrame(null);
      if (held && frame) finish(held, frame, target);
    },
  };

  const drawing = mode === "layout" && (tool.value === "region" || tool.value === "line");
  const onViewer = (viewer: Viewer): void => {
    window.digitiseScreen = (at) => viewer.screen(at);
  };
  return (
    <Facsimile
      tiles={now.page.tiles}
      scene={scene}
      handlers={handlers}
      follow={mode === "text" && line ? bounds(line.polygon) : null}
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

/** The smallest region there: one inside another can be picked too. */
function regionAt(at: Point): Region | undefined {
  const found = Object.values(doc.peek()?.regions ?? {}).filter((region) => inside(region.polygon, at));
  const area = (region: Region): number => {
    const { x0, y0, x1, y1 } = bounds(region.polygon);
    return (x1 - x0) * (y1 - y0);
  };
  return found.sort((a, b) => area(a) - area(b))[0];
}

function clickText(at: Point): void {
  const line = lineAt(at);
  if (!line) return;
  const marks = marksOf(line, textOf(line));
  const place = marks.findIndex(({ box }) => box && holds({ x0: box[0], y0: box[1], x1: box[2], y1: box[3] }, at));
  goToLine(line.id, Math.max(0, place));
}

function gripAt(box: Box, at: Point, reach: number): Grip | null {
  for (const [grip, [x, y]] of grips(box)) if (Math.abs(at[0] - x) <= reach && Math.abs(at[1] - y) <= reach) return grip;
  return holds(box, at) ? "move" : null;
}

function finish(held: Drag, frame: Box, target: Line | Region | undefined): void {
  const now = doc.peek();
  if (!now) return;
  const box = grown(frame, 0, now.page.width, now.page.height);
  if (box.x1 - box.x0 < 4 || box.y1 - box.y0 < 4) return;
  if (held.grip === "draw" && tool.peek() === "region") {
    tool.value = "select";
    const tall = (box.y1 - box.y0) / (box.x1 - box.x0) > 6;
    void drawRegion(box, tall ? "vertical-rl" : "horizontal-tb").then((id) => (recognising.value = id));
  } else if (held.grip === "draw") {
    const middle: Point = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
    const region = regionAt(middle);
    if (region) void drawLine(box, region);
  } else if (target) {
    const from = bounds(target.polygon);
    if (Math.abs(frame.x0 - from.x0) + Math.abs(frame.y0 - from.y0) + Math.abs(frame.x1 - from.x1) + Math.abs(frame.y1 - from.y1) < 2) return;
    const polygon = stretched(target.polygon.length > 2 ? target.polygon : rectangle(from), frame, now.page.width, now.page.height);
    if ("lines" in target) reshapeRegion(target, polygon, held.grip === "move");
    else reshapeLine(target, polygon);
  }
}
