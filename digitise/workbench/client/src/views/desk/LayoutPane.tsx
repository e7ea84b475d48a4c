/** Regions and lines in reading order: everything the mouse can do on the page, by keyboard too. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { session } from "../../api/client";
import type { Region, WritingMode } from "../../api/types";
import { bounds, dragged, inPage, stretched } from "../../facsimile/geometry";
import { hue } from "../../facsimile/paint";
import { number, t, told, type TextKey } from "../../i18n";
import { register } from "../../lib/keys";
import { doc, textOf } from "../../state/doc";
import { articleHue } from "../../state/hues";
import {
  drawing, mergeRegions, moveInOrder, moveLine, orderAsPicked, pick, pickAndShow, pickCurrent, picked, pickedLine,
  pickedRegions, placeFrame, recognising, regionCursor, removeLine, removeRegions, reshapeLine, reshapeRegion,
  setDirection, setKind, splitRegion, stepRegion, type Tool, tool,
} from "../../state/repair";
import { Field, Keys } from "../../ui/parts";
import { Recognise } from "./Recognise";

const TOOLS: readonly [Tool, TextKey, string][] = [
  ["select", "tool.select", "v"],
  ["region", "tool.region", "r"],
  ["line", "tool.line", "l"],
  ["order", "tool.order", "o"],
];

export function LayoutPane() {
  const now = doc.value!;
  useLayoutKeys();
  useLayoutEffect(() => {
    pickCurrent();
    return () => pick("");
  }, [now.page.id]);
  const regions = pickedRegions();
  const single = regions.length === 1 ? regions[0] : undefined;
  return (
    <section class="pane" aria-label={t("mode.layout")}>
      <div class="desk-bar" role="toolbar" aria-label={t("tools")}>
        <div class="tabs">
          {TOOLS.map(([name, label, key]) => (
            <button key={name} type="button" class="button" aria-pressed={tool.value === name} data-tool={name} onClick={() => toTool(name)}>
              {t(label)} <Keys of={key} />
            </button>
          ))}
        </div>
        <span class="grow" />
        <div class="row tight">
        {tool.value === "order" ? (
          <button type="button" class="button small main" disabled={picked.value.length < 2} onClick={applyOrder}>
            {t("order.apply", { n: picked.value.length })}
          </button>
        ) : null}
        <button type="button" class="button small" disabled={regions.length < 2} data-do="merge" onClick={() => void mergeRegions()}>
          {t("merge")} <Keys of="m" />
        </button>
        <button type="button" class="button small" disabled={!single} data-do="recognise" onClick={() => (recognising.value = single?.id ?? "")}>
          {t("recognise")} <Keys of="g" />
        </button>
        <button type="button" class="button small danger" disabled={!regions.length} data-do="delete" onClick={remove}>
          {t("delete")} <Keys of="Delete" />
        </button>
        </div>
      </div>
      <div class="pane-scroll">
        {tool.value === "region" || tool.value === "line" ? <p class="note">{t("draw.hint")}</p> : null}
        {regions.length ? <RegionForm regions={regions} /> : <p class="soft">{t("layout.hint")}</p>}
        {single ? <RegionLines region={single} /> : null}
        <h2>{t("order.title")}</h2>
        <OrderList />
      </div>
      {recognising.value ? <Recognise /> : null}
    </section>
  );
}

function toTool(name: Tool): void {
  // Enter is for what is drawn or ordered, not for the button that has the focus.
  if (name !== "select" && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  drawing.value = null;
  tool.value = name;
}

function remove(): void {
  if (pickedLine.value) removeLine(pickedLine.value);
  else void removeRegions();
}

function applyOrder(): void {
  orderAsPicked();
  tool.value = "select";
}

function useLayoutKeys(): void {
  useLayoutEffect(() => {
    let digits = "";
    let timer = 0;
    // Number keys give the place in the reading order; two soon after each other make one number.
    const digit = (sign: string): void => {
      const id = picked.peek()[0];
      if (!id) return;
      digits += sign;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        moveInOrder(id, Number(digits) - 1);
        digits = "";
      }, 600);
    };
    const nudge = (dx: number, dy: number) => () => shift("move", dx, dy);
    const far = (dx: number, dy: number) => () => shift("se", dx, dy);
    const near = (dx: number, dy: number) => () => shift("nw", dx, dy);
    const arrows = (prefix: string, run: (dx: number, dy: number) => () => void) =>
      ([["ArrowLeft", -4, 0], ["ArrowRight", 4, 0], ["ArrowUp", 0, -4], ["ArrowDown", 0, 4]] as const).map(([key, dx, dy]) => ({
        id: `l.${prefix}${key}`, group: "group.hidden" as const, label: "nudge" as const, keys: [`${prefix}+${key}`], run: run(dx, dy),
      }));
    const told = (prefix: string) => ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => `${prefix}+${key}`);
    return register([
      ...TOOLS.map(([name, label, key]) => ({
        id: `l.${name}`, group: "group.layout" as const, label, keys: [key], run: () => toTool(name),
      })),
      { id: "l.merge", group: "group.layout", label: "merge", keys: ["m"], run: () => void mergeRegions() },
      { id: "l.delete", group: "group.layout", label: "delete", keys: ["Delete", "Backspace"], run: remove },
      { id: "l.recognise", group: "group.layout", label: "recognise", keys: ["g"], run: () => (recognising.value = picked.peek()[0] ?? "") },
      { id: "l.apply", group: "group.layout", label: "order.apply.short", keys: ["Enter"], run: enter },
      { id: "l.next", group: "group.layout", label: "region.next", keys: ["j"], run: () => stepRegion(1) },
      { id: "l.prev", group: "group.layout", label: "region.previous", keys: ["k"], run: () => stepRegion(-1) },
      { id: "l.keep", group: "group.layout", label: "region.keep", keys: ["J", "K"], shownOnly: true },
      { id: "l.nextkeep", group: "group.hidden", label: "region.keep", keys: ["J"], run: () => stepRegion(1, true) },
      { id: "l.prevkeep", group: "group.hidden", label: "region.keep", keys: ["K"], run: () => stepRegion(-1, true) },
      { id: "l.toggle", group: "group.layout", label: "region.toggle", keys: ["x"], run: () => pick(regionCursor.peek(), true) },
      { id: "l.digits", group: "group.layout", label: "order.digits", keys: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], shownOnly: true },
      ...[..."0123456789"].map((sign) => ({
        id: `l.${sign}`, group: "group.hidden" as const, label: "order.digits" as const, keys: [sign], run: () => digit(sign),
      })),
      { id: "l.move", group: "group.layout", label: "nudge", keys: told("Shift"), shownOnly: true },
      { id: "l.far", group: "group.layout", label: "nudge.far", keys: told("Mod"), shownOnly: true },
      { id: "l.near", group: "group.layout", label: "nudge.near", keys: told("Mod+Shift"), shownOnly: true },
      ...arrows("Shift", nudge),
      ...arrows("Mod", far),
      ...arrows("Mod+Shift", near),
      { id: "l.out", group: "group.layout", label: "unpick", keys: ["Escape"], run: leave },
    ]);
  }, []);
}

/** Enter: the order is applied, or what is drawn by keys is made. */
function enter(): void {
  if (tool.peek() === "order") applyOrder();
  else if (tool.peek() !== "select") placeFrame();
}

function leave(): void {
  drawing.value = null;
  if (tool.peek() === "select") pick("");
  tool.value = "select";
}

/** Moves or reshapes by 4 pixels of the page: what is being drawn, or the line or region picked. */
function shift(grip: "move" | "se" | "nw", dx: number, dy: number): void {
  const now = doc.peek();
  if (!now) return;
  const { width, height } = now.page;
  if (drawing.peek()) {
    // What is drawn from nothing has a long way to go: the steps are larger.
    drawing.value = inPage(dragged(drawing.peek()!, grip, dx * 4, dy * 4), width, height);
    return;
  }
  const line = now.lines[pickedLine.peek()];
  const region = now.regions[picked.peek()[0] ?? ""];
  const target = line ?? region;
  if (!target) return;
  const polygon = stretched(target.polygon, dragged(bounds(target.polygon), grip, dx, dy), width, height);
  if (line) reshapeLine(line, polygon);
  else if (region) reshapeRegion(region, polygon, grip === "move");
}

function RegionForm({ regions }: { regions: readonly Region[] }) {
  const kinds = session.value?.kinds;
  const same = <K extends "kind" | "writing_mode">(key: K): string => (regions.every((one) => one[key] === regions[0]![key]) ? regions[0]![key] : "");
  return (
    <div class="card two">
      <Field label={t("region.kind", { n: regions.length })}>
        {(id) => (
          <select id={id} class="input" data-field="kind" value={same("kind")} onChange={(event) => setKind(regions, event.currentTarget.value)}>
            {same("kind") ? null : <option value="" />}
            {(kinds?.region ?? []).map((kind) => (
              <option key={kind} value={kind}>
                {told(`kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("region.direction")}>
        {(id) => (
          <select
            id={id}
            class="input"
            data-field="direction"
            value={same("writing_mode")}
            onChange={(event) => setDirection(regions, event.currentTarget.value as WritingMode)}
          >
            {same("writing_mode") ? null : <option value="" />}
            {(kinds?.writing_mode ?? []).map((mode) => (
              <option key={mode} value={mode}>
                {told(`mode.${mode}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function RegionLines({ region }: { region: Region }) {
  const now = doc.value!;
  return (
    <div class="stack">
      <h2>{t("lines.count", { n: region.lines.length })}</h2>
      <ul class="pick">
        {region.lines.map((id, place) => {
          const line = now.lines[id];
          if (!line) return null;
          const on = pickedLine.value === id;
          return (
            <li key={id} class="row tight" data-region-line={id}>
              <button type="button" class="pick-item grow" style={{ width: "auto" }} aria-current={on ? "true" : undefined} onClick={() => (pickedLine.value = on ? "" : id)}>
                <span class="badge num">{number(place + 1)}</span>
                <span class="text">{textOf(line) || t("line.empty")}</span>
              </button>
              {on ? (
                <>
                  <button type="button" class="button small" aria-label={t("line.up")} title={t("line.up")} disabled={!place} onClick={() => moveLine(id, -1)}>
                    ↑
                  </button>
                  <button type="button" class="button small" aria-label={t("line.down")} title={t("line.down")} disabled={place === region.lines.length - 1} onClick={() => moveLine(id, 1)}>
                    ↓
                  </button>
                  <button type="button" class="button small" disabled={!place} data-do="split" onClick={() => void splitRegion(region, id)}>
                    {t("region.splitHere")}
                  </button>
                  <button type="button" class="button small danger" onClick={() => removeLine(id)}>
                    {t("delete")}
                  </button>
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** All regions in reading order; dragged, or moved with Alt and the arrows. */
function OrderList() {
  const now = doc.value!;
  const held = useRef("");
  const [over, setOver] = useState("");
  return (
    <ol class="pick" aria-label={t("order.title")}>
      {now.page.order.map((id, place) => {
        const region = now.regions[id];
        if (!region) return null;
        const nth = picked.value.indexOf(id);
        return (
          <li key={id}>
            <button
              type="button"
              class="pick-item"
              draggable
              data-region={id}
              aria-current={nth >= 0 ? "true" : undefined}
              data-cursor={regionCursor.value === id ? "" : undefined}
              style={{ borderTopColor: over === id ? "var(--red)" : "" }}
              onClick={(event) => pickAndShow(id, event.shiftKey || event.ctrlKey || event.metaKey || tool.value === "order")}
              onKeyDown={(event) => {
                const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
                if (!event.altKey || !by) return;
                event.preventDefault();
                event.stopPropagation();
                moveInOrder(id, place + by);
              }}
              onDragStart={(event) => {
                held.current = id;
                event.dataTransfer?.setData("text/plain", id);
              }}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(id);
              }}
              onDragEnd={() => setOver("")}
              onDrop={(event) => {
                event.preventDefault();
                setOver("");
                if (held.current && held.current !== id) moveInOrder(held.current, place);
              }}
            >
              <span class="badge num">{tool.value === "order" && nth >= 0 ? `→${nth + 1}` : number(place + 1)}</span>
              <span class="dot" style={{ background: hue(articleHue(region.article), 1) }} />
              <span class="nowrap soft">{told(`kind.${region.kind}`)}</span>
              <span class="text">{firstText(region)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function firstText(region: Region): string {
  const line = doc.peek()?.lines[region.lines[0] ?? ""];
  return line ? textOf(line) : "";
}
