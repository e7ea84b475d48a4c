/** A region read anew by an engine of one's choice; its result is taken line by line. */
import { useState } from "preact/hooks";

import { at, post, session } from "../../api/client";
import type { Recognised, Region, WritingMode } from "../../api/types";
import { bounds } from "../../facsimile/geometry";
import { percent, t, told } from "../../i18n";
import { doc, textOf } from "../../state/doc";
import { perform, type Wanted } from "../../state/history";
import { newId, recognising, seen } from "../../state/repair";
import { Difference } from "../../ui/Conflicts";
import { Dialog, Field, reasonOf } from "../../ui/parts";

type Found = Recognised["lines"][number];

export function Recognise() {
  const region = doc.value?.regions[recognising.value];
  const engines = (session.value?.engines ?? []).filter((engine) => engine.usable);
  const [engine, setEngine] = useState(engines[0]?.name ?? "");
  const [mode, setMode] = useState<WritingMode>(region?.writing_mode ?? "horizontal-tb");
  const [found, setFound] = useState<Recognised | null>(null);
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  const [state, setState] = useState<"" | "busy" | string>("");
  if (!region) return null;
  const read = async (): Promise<void> => {
    setState("busy");
    try {
      const path = `${at.page(doc.peek()!.issue, region.page)}/recognise`;
      setFound(await post<Recognised>(path, { polygon: region.polygon, engine, writing_mode: mode }, 300));
      setTaken(new Set());
      setState("");
    } catch (problem) {
      setState(reasonOf(problem));
    }
  };
  const take = async (places: readonly number[]): Promise<void> => {
    const lines = found?.lines ?? [];
    const wanted = places.flatMap((place) => (lines[place] ? [takeLine(region, lines, place)] : []));
    const done = await perform(...wanted);
    if (done) setTaken((old) => new Set([...old, ...places]));
  };
  const open = (found?.lines ?? []).flatMap((line, i) => {
    const old = line.replaces ? doc.value?.lines[line.replaces] : undefined;
    return taken.has(i) || (old && textOf(old) === line.text) ? [] : [i];
  });
  return (
    <Dialog
      wide
      title={t("recognise.title")}
      onClose={() => (recognising.value = "")}
      footer={
        <>
          <button type="button" class="button" disabled={!open.length} data-do="take-all" onClick={() => void take(open)}>
            {t("recognise.takeAll")}
          </button>
          <button type="button" class="button main" onClick={() => (recognising.value = "")}>
            {t("close")}
          </button>
        </>
      }
    >
      <div class="row" style={{ alignItems: "end" }}>
        <Field label={t("recognise.engine")}>
          {(id) => (
            <select id={id} class="input narrow" value={engine} onChange={(event) => setEngine(event.currentTarget.value)}>
              {engines.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("region.direction")}>
          {(id) => (
            <select id={id} class="input narrow" value={mode} onChange={(event) => setMode(event.currentTarget.value as WritingMode)}>
              {(session.value?.kinds.writing_mode ?? []).map((one) => (
                <option key={one} value={one}>
                  {told(`mode.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="button" class="button main" disabled={state === "busy" || !engine} data-do="read" onClick={() => void read()}>
          {state === "busy" ? t("recognise.busy") : t("recognise.read")}
        </button>
      </div>
      {state && state !== "busy" ? (
        <p class="note red" role="alert">
          {state}
        </p>
      ) : null}
      {found && !found.lines.length ? <p class="empty">{t("recognise.nothing")}</p> : null}
      <ul class="stack">
        {(found?.lines ?? []).map((line, i) => (
          <Result key={i} line={line} region={region} taken={taken.has(i)} take={() => void take([i])} />
        ))}
      </ul>
    </Dialog>
  );
}

function Result({ line, region, taken, take }: { line: Found; region: Region; taken: boolean; take: () => void }) {
  const now = doc.value!;
  const old = line.replaces ? now.lines[line.replaces] : undefined;
  const before = old ? textOf(old) : "";
  const { x0, y0, x1, y1 } = bounds(line.polygon);
  const tall = region.writing_mode === "vertical-rl";
  return (
    <li class="card row" style={{ padding: "10px" }}>
      <img class="hit-picture" src={at.crop(now.issue, region.page, [x0, y0, x1, y1], tall ? { height: 160 } : { height: 44 })} alt={t("line.picture")} />
      <div class="grow stack" style={{ fontSize: "18px" }}>
        {old ? <Difference before={before} after={line.text} /> : <span class="han">{line.text}</span>}
        <span class="soft" style={{ fontSize: "13px" }}>
          {old ? t("recognise.replaces") : t("recognise.adds")} · {percent(line.confidence)}
        </span>
      </div>
      <button type="button" class="button" disabled={taken || before === line.text} data-do="take" onClick={take}>
        {taken ? `✓ ${t("taken")}` : before === line.text ? t("same") : t("take")}
      </button>
    </li>
  );
}

/** A line that was there gets the new text; one that was not is put before the next that was. */
function takeLine(region: Region, lines: readonly Found[], place: number): Wanted {
  const line = lines[place]!;
  if (line.replaces) return { type: "set_text", line: line.replaces, text: line.text, bases: seen(line.replaces) };
  const next = lines.slice(place + 1).find((other) => other.replaces && region.lines.includes(other.replaces));
  const { text, polygon } = line;
  return { type: "add_line", region: region.id, new_id: newId.line(), polygon, text, before: next?.replaces ?? null, bases: seen(region.id) };
}
