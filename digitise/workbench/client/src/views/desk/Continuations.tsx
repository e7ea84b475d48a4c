/** Jumps of an article: accepted, broken or made, with both pages before one's eyes. */
import { useState } from "preact/hooks";

import { at, get } from "../../api/client";
import type { Article, Continuation, PageView } from "../../api/types";
import { around, bounds, type Box } from "../../facsimile/geometry";
import { Facsimile } from "../../facsimile/Facsimile";
import { EMPTY } from "../../facsimile/paint";
import { t, told } from "../../i18n";
import { doc, issue, pageName } from "../../state/doc";
import { perform } from "../../state/history";
import { newId, seen } from "../../state/repair";
import { Dialog, Field, useLoaded, Waiting } from "../../ui/parts";

export function Continuations({ article }: { article: Article }) {
  const [open, setOpen] = useState(-2);
  const label = (id: string): string => (id ? pageName(issue.value, id) : "?");
  return (
    <div class="stack">
      {article.continuations.map((jump, i) => (
        <div key={i} class="row" data-continuation={i}>
          <span class={`chip ${jump.status === "verified" ? "green" : jump.status === "unresolved" ? "red" : "amber"}`}>{told(`jump.${jump.status}`)}</span>
          <span class="grow">
            {label(jump.from_page)} → {label(jump.to_page)} <span class="han">{jump.marker}</span>
          </span>
          <button type="button" class="button small" data-do="look" onClick={() => setOpen(i)}>
            {t("jump.look")}
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="button small" data-do="continue" onClick={() => setOpen(-1)}>
          {t("jump.make")}
        </button>
      </div>
      {open > -2 ? <Pair article={article} index={open} close={() => setOpen(-2)} /> : null}
    </div>
  );
}

function Pair({ article, index, close }: { article: Article; index: number; close: () => void }) {
  const now = doc.value!;
  const pages = (issue.value?.pages ?? []).filter((page) => !page.error);
  const jump: Continuation | undefined = article.continuations[index];
  const from = jump?.from_page || now.page.id;
  const [to, setTo] = useState(jump?.to_page || pages.find((page) => page.id !== from)?.id || "");
  const [other, setOther] = useState("");
  const left = useLoaded(() => get<PageView>(at.page(now.issue, from)), [from]);
  const right = useLoaded(() => get<PageView>(at.page(now.issue, to)), [to]);
  const candidates = Object.values(right.value?.articles ?? {}).filter((one) => one.id !== article.id && one.kind !== "furniture");
  const chosen = other || article.id;
  const act = async (wanted: Record<string, unknown> & { type: string }, ...about: string[]): Promise<void> => {
    const done = await perform({ ...wanted, article: article.id, bases: seen(article.id, ...about) });
    if (done) close();
  };
  const make = (): void => {
    const version = right.value?.articles[other]?.version ?? 0;
    const bases = { ...seen(article.id), ...(other ? { [other]: version } : {}) };
    void perform({
      type: "continuation_make", article: article.id, from_page: from, to_page: to, bases, ...(other ? { other } : {}),
    }).then((done) => done && close());
  };
  return (
    <Dialog
      wide
      title={jump ? t("jump.title", { headline: article.headline }) : t("jump.make")}
      onClose={close}
      footer={
        <>
          {jump ? (
            <button
              type="button"
              class="button danger"
              data-do="break"
              onClick={() => void act({ type: "continuation_break", index, new_id: newId.article() })}
            >
              {t("jump.break")}
            </button>
          ) : null}
          {jump && jump.status !== "verified" && jump.to_page ? (
            <button type="button" class="button main" data-do="accept" onClick={() => void act({ type: "continuation_accept", index })}>
              {t("jump.accept")}
            </button>
          ) : null}
          {!jump || !jump.to_page ? (
            <button type="button" class="button main" data-do="make" disabled={!to || (!other && !jump)} onClick={make}>
              {t("jump.join")}
            </button>
          ) : null}
        </>
      }
    >
      <div class="two">
        <p>
          {t("jump.from")} <b>{pageName(issue.value, from)}</b> <span class="han">{jump?.marker}</span>
        </p>
        <div class="row">
          <Field label={t("jump.to")}>
            {(id) => (
              <select
                id={id}
                class="input narrow"
                value={to}
                onChange={(event) => {
                  setTo(event.currentTarget.value);
                  setOther("");
                }}
              >
                {pages.map((page) => (
                  <option key={page.id} value={page.id}>
                    {`${page.label || page.number} ${page.name}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {!jump?.to_page ? (
            <Field label={t("jump.with")}>
              {(id) => (
                <select id={id} class="input" data-field="other" value={other} onChange={(event) => setOther(event.currentTarget.value)}>
                  <option value="">—</option>
                  {candidates.map((one) => (
                    <option key={one.id} value={one.id}>
                      {(one.headline || one.paragraphs[0] || one.id).slice(0, 30)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ) : null}
        </div>
      </div>
      <div class="pair">
        <Side view={left.value} article={article.id} />
        <Side view={right.value} article={chosen} />
      </div>
      <Waiting of={left} />
      <Waiting of={right} />
    </Dialog>
  );
}

function Side({ view, article }: { view: PageView | null; article: string }) {
  if (!view) return <div class="facsimile" />;
  const regions = Object.values(view.regions).filter((region) => region.article === article);
  const box: Box | null = regions.length ? around(regions.map((region) => bounds(region.polygon))) : null;
  const scene = {
    ...EMPTY,
    showRegions: true,
    selected: new Set(regions.map((region) => region.id)),
    regions: regions.map((region) => ({ id: region.id, polygon: region.polygon, hue: 0, label: "" })),
  };
  return <Facsimile key={`${view.page.id} ${article}`} tiles={view.page.tiles} scene={scene} handlers={{}} start={box} />;
}
