/** All lines of the page, one under the other; of thousands, only those in sight are in the page. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { points } from "../lib/dom";
import { number, t, told } from "../i18n";
import { hue } from "../facsimile/paint";
import type { Article, Line, Region } from "../api/types";
import { caret, current, doubtsOf, goToLine, hovered, isChecked, marksOf } from "../state/cursor";
import { doc, places, textOf } from "../state/doc";
import { eachFrame } from "../lib/dom";
import { articleHue } from "../state/hues";
import { settings } from "../state/settings";
import { Editor, pictureOf } from "./Editor";
import { lineHeight, REGION_HEIGHT, rowAt, type Row, rowsOf, stripOf, topsOf } from "./rows";

const SPARE = 400;

export function LineList() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 600, height: 600 });
  const [scroll, setScroll] = useState(0);
  const now = doc.value;
  const active = current.value;
  const rows = useMemo(() => (now ? rowsOf(now) : []), [now?.page.order, now?.regions, now && Object.keys(now.lines).length]);
  const sizes = { text: settings.value.textSize, ...size, upright: settings.value.upright };
  const line = now?.lines[active];
  const strip = line ? stripOf(line, now?.regions[line.region], textOf(line), sizes) : null;
  const tops = useMemo(
    () => topsOf(rows, sizes, active, strip?.total ?? 0),
    [rows, sizes.text, active, strip?.total],
  );
  const activeRow = useMemo(() => rows.findIndex((row) => row.kind === "line" && row.id === active), [rows, active]);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  // The line being worked on stays where the eye is: in the upper half, moved as little as can be.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || activeRow < 0) return;
    const top = tops[activeRow]!;
    const bottom = tops[activeRow + 1]!;
    const margin = Math.min(120, element.clientHeight / 5);
    if (top - margin < element.scrollTop) element.scrollTop = Math.max(0, top - margin);
    else if (bottom + margin > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom + margin - element.clientHeight;
    }
  }, [active, activeRow, strip?.total]);

  // The pictures of the lines one comes to next are there before one comes.
  useEffect(() => {
    if (!now || activeRow < 0) return undefined;
    const timer = setTimeout(() => {
      const near = rows.slice(activeRow + 1, activeRow + 6).filter((row) => row.kind === "line");
      for (const row of near.slice(0, 3)) {
        const next = now.lines[row.id];
        if (next) new Image().src = pictureOf(now.issue, next, stripOf(next, now.regions[next.region], textOf(next), sizes));
      }
    }, 150);
    return () => clearTimeout(timer);
  }, [active, activeRow, sizes.text, sizes.width, sizes.upright]);

  const onScroll = useMemo(() => eachFrame(() => setScroll(box.current?.scrollTop ?? 0)), []);
  if (!now) return null;
  const first = rows.length ? rowAt(tops, Math.max(0, scroll - SPARE)) : 0;
  const last = rows.length ? rowAt(tops, scroll + size.height + SPARE) : -1;
  const shown = rows.slice(first, last + 1);
  return (
    <div class="lines" ref={box} onScroll={onScroll} onMouseLeave={() => (hovered.value = "")}>
      <div class="lines-all" role="list" aria-label={t("lines.all")} style={{ height: `${tops[rows.length] ?? 0}px` }}>
        {shown.map((row, i) => (
          <PlacedRow key={row.id} row={row} top={tops[first + i]!} active={row.id === active} height={lineHeight(sizes)} />
        ))}
        {line && strip && activeRow >= 0 ? <Editor line={line} strip={strip} top={tops[activeRow]!} /> : null}
      </div>
    </div>
  );
}

function PlacedRow({ row, top, active, height }: { row: Row; top: number; active: boolean; height: number }) {
  const now = doc.value;
  if (!now) return null;
  if (row.kind === "region") {
    const region = now.regions[row.id];
    return region ? <RegionRow region={region} article={now.articles[region.article]} top={top} /> : null;
  }
  const line = now.lines[row.id];
  return line && !active ? <LineRow line={line} top={top} height={height} /> : null;
}

function RegionRow({ region, article, top }: { region: Region; article: Article | undefined; top: number }) {
  return (
    <div class="lines-row region-row" role="presentation" style={{ top: `${top}px`, height: `${REGION_HEIGHT}px` }}>
      <span class="dot" style={{ background: hue(articleHue(region.article), 1) }} />
      <span class="nowrap">{told(`kind.${region.kind}`)}</span>
      {region.writing_mode === "vertical-rl" ? <span class="nowrap">{t("mode.vertical-rl")}</span> : null}
      <span class="headline han">{article?.headline ?? ""}</span>
    </div>
  );
}

function LineRow({ line, top, height }: { line: Line; top: number; height: number }) {
  const text = textOf(line);
  const place = (places.value.get(line.id) ?? 0) + 1;
  return (
    <div
      class={`lines-row line-row ${hovered.value === line.id ? "lit" : ""}`}
      role="listitem"
      aria-setsize={places.value.size}
      aria-posinset={place}
      data-line={line.id}
      style={{ top: `${top}px`, height: `${height}px` }}
      onMouseEnter={() => (hovered.value = line.id)}
      onMouseDown={(event) => {
        event.preventDefault();
        const at = clickedAt(event, text);
        goToLine(line.id, at);
        caret.value = at;
      }}
    >
      <span class="gutter">
        <State line={line} />
        {number(place)}
      </span>
      <span class="text">
        <Marked line={line} text={text} />
      </span>
    </div>
  );
}

/** How a line stands, as a sign that also has words. */
export function State({ line }: { line: Line }) {
  const signs: [string, string, string][] = [];
  if (line.flag) signs.push(["⚑", "red", `${t("flag")}: ${line.flag}`]);
  if (line.comments) signs.push(["❝", "amber", t("comments.count", { n: line.comments })]);
  if (isChecked(line)) signs.push(["✓", "ok", t("line.checked", { by: line.by })]);
  else if (line.edited) signs.push(["✎", "amber", t("line.edited", { by: line.by })]);
  return (
    <>
      {signs.map(([sign, tone, words]) => (
        <span key={sign} class={`mark-state ${tone}`} title={words} role="img" aria-label={words}>
          {sign}
        </span>
      ))}
    </>
  );
}

function clickedAt(event: MouseEvent, text: string): number {
  const caretAt = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const row = event.currentTarget;
  if (!caretAt || !(row instanceof HTMLElement)) return 0;
  const holder = row.querySelector(".text");
  if (!holder?.contains(caretAt.startContainer)) return points(text).length;
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(caretAt.startContainer, caretAt.startOffset);
  return points(before.toString()).length;
}

/** The text with its doubtful characters marked: as few elements as can be. */
export function Marked({ line, text }: { line: Line; text: string }) {
  const plain = !line.edited && text === line.text && doubtsOf(line).length === 0;
  if (plain) return <>{text}</>;
  const runs: { text: string; kind: string }[] = [];
  for (const mark of marksOf(line, text)) {
    const last = runs[runs.length - 1];
    if (last && last.kind === mark.kind) last.text += mark.text;
    else runs.push({ text: mark.text, kind: mark.kind });
  }
  return (
    <>
      {runs.map((run, i) =>
        run.kind ? (
          <span key={i} class={`c-${run.kind}`}>
            {run.text}
          </span>
        ) : (
          run.text
        ),
      )}
    </>
  );
}
