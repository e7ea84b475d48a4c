/** Somebody else changed the line meanwhile, or the server refused it: a person decides. */
import { useState } from "preact/hooks";

import { at, get } from "../api/client";
import type { Line, PageView } from "../api/types";
import { t } from "../i18n";
import { conflicts, lineOf, linesOf, refusals, resolve } from "../journal/outbox";
import type { Entry } from "../journal/store";
import { merge, steps } from "../lib/diff";
import { points } from "../lib/dom";
import { apply } from "../state/doc";
import { Dialog, Field, Waiting, useLoaded } from "./parts";

export function ConflictDialog() {
  const entry = conflicts.value[0] ?? refusals.value[0];
  if (!entry) return null;
  return <Ask key={entry.id} entry={entry} left={conflicts.value.length + refusals.value.length} />;
}

async function present(entry: Entry): Promise<Line | null> {
  const told = linesOf(entry.current)[lineOf(entry.op)];
  if (told !== undefined) return told;
  if (!entry.page) return null;
  const view = await get<PageView>(at.page(entry.issue, entry.page));
  return view.lines[lineOf(entry.op)] ?? null;
}

function Ask({ entry, left }: { entry: Entry; left: number }) {
  const loaded = useLoaded(async () => ({ line: await present(entry) }), [entry.id]);
  const line = loaded.value?.line ?? null;
  const mine = String(entry.op["text"]);
  const base = entry.before ?? "";
  const joined = line ? merge(base, mine, line.text) : { text: mine, clean: false };
  const [own, setOwn] = useState<string | null>(null);
  const text = own ?? joined.text;
  const finish = (result: string | null): void => {
    if (line) apply(entry.issue, { lines: { [line.id]: line } }, 0, 0);
    resolve(entry, result, line?.version ?? 0, line?.text ?? "");
  };
  return (
    <Dialog
      title={entry.state === "refused" ? t("conflict.refused") : t("conflict.title")}
      onClose={() => undefined}
      footer={
        <>
          {left > 1 ? <span class="soft grow">{t("conflict.left", { n: left })}</span> : null}
          <button type="button" class="button" data-take="theirs" onClick={() => finish(null)}>
            {line ? t("conflict.theirs") : t("conflict.giveUp")}
          </button>
          <button type="button" class="button" data-take="mine" disabled={!line} onClick={() => finish(mine)}>
            {t("conflict.mine")}
          </button>
          <button type="button" class="button main" data-take="merged" disabled={!line} onClick={() => finish(text)}>
            {t("conflict.merged")}
          </button>
        </>
      }
    >
      <p>
        {entry.state === "refused"
          ? (entry.why?.[t("lang") === "en" ? "en" : "zh"] ?? t("refused"))
          : line
            ? t("conflict.why", { by: entry.by || line.by || "?" })
            : t("conflict.gone")}
      </p>
      <Waiting of={loaded} />
      {line ? <img class="hit-picture" src={at.linePicture(entry.issue, line.id, 56, line.version)} alt={t("line.picture")} /> : null}
      <div class="merge">
        <span class="soft">{t("conflict.before")}</span>
        <span class="han">{base}</span>
        <span class="soft">{t("conflict.mineText")}</span>
        <Difference before={base} after={mine} />
        {line ? (
          <>
            <span class="soft">{t("conflict.theirsText", { by: entry.by || line.by })}</span>
            <Difference before={base} after={line.text} />
          </>
        ) : null}
      </div>
      {line ? (
        <Field label={joined.clean ? t("conflict.joined") : t("conflict.notJoined")}>
          {(id) => <input id={id} class="input han" value={text} onInput={(event) => setOwn(event.currentTarget.value)} />}
        </Field>
      ) : null}
    </Dialog>
  );
}

/** What was taken away and what was put in, told by colour and by tag. */
export function Difference({ before, after }: { before: string; after: string }) {
  const from = points(before);
  const to = points(after);
  return (
    <span class="han">
      {steps(from, to).map((step, i) => {
        if (step.kind === "same") return to[step.to];
        return (
          <span key={i}>
            {step.from >= 0 ? <del>{from[step.from]}</del> : null}
            {step.to >= 0 ? <ins>{to[step.to]}</ins> : null}
          </span>
        );
      })}
    </span>
  );
}
