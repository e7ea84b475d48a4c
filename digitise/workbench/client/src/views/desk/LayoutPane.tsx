/** Regions and lines in reading order: everything the mouse can do on the page, by keyboard too. */
import { useEffect, useRef, useState } from "preact/hooks";

import { session } from "../../api/client";
import type { Region, WritingMode } from "../../api/types";
import { bounds, dragged, stretched } from "../../facsimile/geometry";
import { hue } from "../../facsimile/paint";
import { number, t, told, type TextKey } from "../../i18n";
import { register } from "../../lib/keys";
import { doc, textOf } from "../../state/doc";
import { articleHue } from "../../state/hues";
import {
  mergeRegions, moveInOrder, moveLine, orderAsPicked, pick, picked, pickedLine, pickedRegions, recognising,
  removeLine, removeRegions, reshapeLine, reshapeRegion, setDirection, setKind, splitRegion, type Tool, tool,
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
  useEffect(() => () => pick(""), [now.page.id]);
  const regions = pickedRegions();
  const single = regions.length === 1 ? regions[0] : undefined;
  return (
    <section class="pane" aria-label={t("mode.layout")}>
      <div class="desk-bar" role="toolbar" aria-label={t("tools")}>
        <div class="tabs">
          {TOOLS.map(([name, label, key]) => (
            <button key={name} type="button" class="button" aria-pressed={tool.value === name} data-tool={name} onClick={() => (tool.value = name)}>
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
        {regions.length ? <RegionForm regions={regions} /> : <p class="soft">{t("layout.hint")}</p>}
        {single ? <RegionLines region={single} /> : null}
        <h2>{t("order.title")}</h2>
        <OrderList />
      </div>
      {recognising.value ? <Recognise /> : null}
    </section>
  );
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
  useEffect(() => {
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
    const nudge = (dx: number, dy: number) => () => shift(dx, dy);
    return register([
      ...TOOLS.map(([name, label, key]) => ({
        id: `l.${name}`, group: "group.layout" as const, label, keys: [key], run: () => void (tool.value = name),
      })),
      { id: "l.merge", group: "group.layout", label: "merge", keys: ["m"], run: () => void mergeRegions() },
      { id: "l.delete", group: "group.layout", label: "delete", keys: ["Delete", "Backspace"], run: remove },
      { id: "l.recognise", group: "group.layout", label: "recognise", keys: ["g"], run: () => (recognising.value = picked.peek()[0] ?? "") },
      { id: "l.apply", group: "group.layout", label: "order.apply.short", keys: ["Enter"], run: () => tool.peek() === "order" && applyOrder() },
      { id: "l.next", group: "group.layout", label: "region.next", keys: ["j"], run: () => step(1) },
      { id: "l.prev", group: "group.layout", label: "region.previous", keys: ["k"], run: () => step(-1) },
      { id: "l.digits", group: "group.layout", label: "order.digits", keys: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], shownOnly: true },
      ...[..."0123456789"].map((sign) => ({
        id: `l.${sign}`, group: "group.hidden" as const, label: "order.digits" as const, keys: [sign], run: () => digit(sign),
      })),
      { id: "l.move", group: "group.layout", label: "nudge", keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"], shownOnly: true },
      { id: "l.mleft", group: "group.hidden", label: "nudge", keys: ["Shift+ArrowLeft"], run: nudge(-4, 0) },
      { id: "l.mright", group: "group.hidden", label: "nudge", keys: ["Shift+ArrowRight"], run: nudge(4, 0) },
      { id: "l.mup", group: "group.hidden", label: "nudge", keys: ["Shift+ArrowUp"], run: nudge(0, -4) },
      { id: "l.mdown", group: "group.hidden", label: "nudge", keys: ["Shift+ArrowDown"], run: nudge(0, 4) },
      { id: "l.out", group: "group.layout", label: "unpick", keys: ["Escape"], run: () => { tool.value = "select"; pick(""); } },
    ]);
  }, []);
}

function step(by: number): void {
  const list = doc.peek()?.page.order ?? [];
  const at = list.indexOf(picked.peek().at(-1) ?? "");
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) pick(next);
}

function shift(dx: number, dy: number): void {
  const now = doc.peek();
  if (!now) return;
  const { width, height } = now.page;
  const line = now.lines[pickedLine.peek()];
  const region = now.regions[picked.peek()[0] ?? ""];
  const target = line ?? region;
  if (!target) return;
  const polygon = stretched(target.polygon, dragged(bounds(target.polygon), "move", dx, dy), width, height);
  if (line) reshapeLine(line, polygon);
  else if (region) reshapeRegion(region, polygon, true);
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
              style={{ borderTopColor: over === id ? "var(--red)" : "" }}
              onClick={(event) => pick(id, event.shiftKey || event.ctrlKey || event.metaKey || tool.value === "order")}
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
