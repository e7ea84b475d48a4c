/** The articles of the page: put together, taken apart and named by clicking their regions. */
import { useLayoutEffect, useState } from "preact/hooks";

import { session } from "../../api/client";
import type { Article } from "../../api/types";
import { hue } from "../../facsimile/paint";
import { t, told, type TextKey } from "../../i18n";
import { register } from "../../lib/keys";
import { route } from "../../lib/router";
import { current } from "../../state/cursor";
import { doc, textOf } from "../../state/doc";
import { perform } from "../../state/history";
import { articleHue } from "../../state/hues";
import { newId, pick, picked, regionCursor, seen, shown, stepRegion } from "../../state/repair";
import { Field, Keys, useDraft } from "../../ui/parts";
import { Continuations } from "./Continuations";

const FIELDS: readonly [keyof Article & string, TextKey][] = [
  ["kicker", "field.kicker"],
  ["headline", "field.headline"],
  ["subheadline", "field.subheadline"],
  ["byline", "field.byline"],
];

/** The articles that the picked regions belong to, in the order of picking. */
function pickedArticles(): Article[] {
  const now = doc.value;
  const ids = new Set(picked.value.map((id) => now?.regions[id]?.article ?? ""));
  return [...ids].flatMap((id) => (now?.articles[id] ? [now.articles[id]] : []));
}

function regionsOf(article: Article): string[] {
  return article.parts.flatMap((part) => part.regions);
}

export function ArticlePane() {
  const now = doc.value!;
  const [openId, setOpen] = useState("");
  const chosen = pickedArticles();
  const article = now.articles[openId] ?? chosen[0];
  useLayoutEffect(() => {
    // The article one was sent to, by the queue for instance.
    setOpen(route.peek().query.get("article") ?? "");
    regionCursor.value = now.lines[current.peek()]?.region ?? "";
    shown.value = null;
    return () => pick("");
  }, [now.page.id]);
  // With the drawing: what is typed right after is meant for the article that is shown then.
  useLayoutEffect(() => {
    if (chosen[0]) setOpen(chosen[0].id);
  }, [chosen[0]?.id, picked.value]);
  useLayoutEffect(
    () =>
      register([
        { id: "a.new", group: "group.articles", label: "article.assemble", keys: ["n"], run: () => void assemble() },
        { id: "a.merge", group: "group.articles", label: "article.merge", keys: ["m"], run: () => void merge() },
        { id: "a.split", group: "group.articles", label: "article.split", keys: ["s"], run: () => void split() },
        { id: "a.next", group: "group.articles", label: "region.next", keys: ["j"], run: () => stepRegion(1, true) },
        { id: "a.prev", group: "group.articles", label: "region.previous", keys: ["k"], run: () => stepRegion(-1, true) },
        { id: "a.toggle", group: "group.articles", label: "region.toggle", keys: ["x"], run: () => pick(regionCursor.peek(), true) },
        { id: "a.out", group: "group.articles", label: "unpick", keys: ["Escape"], run: () => pick("") },
      ]),
    [],
  );
  const list = [...new Set(now.page.order.map((id) => now.regions[id]?.article ?? ""))].flatMap((id) => (now.articles[id] ? [now.articles[id]] : []));
  const count = picked.value.length;
  return (
    <section class="pane" aria-label={t("mode.articles")}>
      <div class="desk-bar" role="toolbar" aria-label={t("tools")}>
        <span class="soft">{t("picked", { n: count })}</span>
        <span class="grow" />
        <button type="button" class="button small" disabled={!count} data-do="assemble" onClick={() => void assemble()}>
          {t("article.assemble")} <Keys of="n" />
        </button>
        <button type="button" class="button small" disabled={chosen.length < 2} data-do="merge" onClick={() => void merge()}>
          {t("article.merge")} <Keys of="m" />
        </button>
        <button type="button" class="button small" disabled={!canSplit(chosen)} data-do="split" onClick={() => void split()}>
          {t("article.split")} <Keys of="s" />
        </button>
      </div>
      <div class="pane-scroll">
        {article ? <ArticleForm key={article.id} article={article} /> : <p class="soft">{t("articles.hint")}</p>}
        <h2>{t("articles.here", { n: list.length })}</h2>
        <ul class="pick">
          {list.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                class="pick-item"
                data-article={one.id}
                aria-current={article?.id === one.id ? "true" : undefined}
                onClick={() => {
                  picked.value = regionsOf(one).filter((id) => now.regions[id]);
                  setOpen(one.id);
                }}
              >
                <span class="dot" style={{ background: hue(articleHue(one.id), 1) }} />
                <span class="nowrap soft">{told(`article.kind.${one.kind}`)}</span>
                <span class="text">{one.headline || one.paragraphs[0] || one.captions[0] || "—"}</span>
                {one.continuations.length ? <span class="chip blue">{t("jump")}</span> : null}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function inOrder(ids: readonly string[]): string[] {
  const order = doc.peek()?.page.order ?? [];
  return order.filter((id) => ids.includes(id));
}

async function assemble(): Promise<void> {
  const regions = inOrder(picked.peek());
  if (!regions.length) return;
  const new_id = newId.article();
  await perform({ type: "article_assemble", new_id, kind: "article", regions, bases: seen(...regions) });
}

async function merge(): Promise<void> {
  const [first, ...rest] = pickedArticles();
  if (!first || !rest.length) return;
  // Each merge changes the first one: one after the other.
  for (const other of rest) {
    await perform({ type: "article_merge", article: first.id, other: other.id, bases: seen(first.id, other.id) });
  }
}

function canSplit(chosen: readonly Article[]): boolean {
  const one = chosen.length === 1 ? chosen[0] : undefined;
  return one !== undefined && picked.value.length < regionsOf(one).length;
}

async function split(): Promise<void> {
  const chosen = pickedArticles();
  if (!canSplit(chosen)) return;
  const regions = inOrder(picked.peek());
  await perform({ type: "article_split", article: chosen[0]!.id, new_id: newId.article(), regions, bases: seen(chosen[0]!.id) });
}

function ArticleForm({ article }: { article: Article }) {
  const now = doc.value!;
  const mine = regionsOf(article);
  const others = picked.value.filter((id) => !mine.includes(id));
  const inside = picked.value.filter((id) => mine.includes(id));
  const setField = (field: string, value: string | null): Promise<unknown> =>
    perform({ type: "article_set", article: article.id, field, value, bases: seen(article.id) });
  const setRegions = (regions: readonly string[]): void =>
    void perform({ type: "article_regions", article: article.id, regions: [...regions], new_id: newId.article(), bases: seen(article.id) });
  const pickedText = inOrder(picked.value)
    .map((id) => (now.regions[id]?.lines ?? []).map((line) => (now.lines[line] ? textOf(now.lines[line]) : "")).join(""))
    .join("");
  return (
    <div class="card stack wide">
      <div class="row">
        <Field label={t("article.kind")}>
          {(id) => (
            <select id={id} class="input narrow" data-field="kind" value={article.kind} onChange={(event) => void setField("kind", event.currentTarget.value)}>
              {(session.value?.kinds.article ?? []).map((kind) => (
                <option key={kind} value={kind}>
                  {told(`article.kind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <span class="grow" />
        <button type="button" class="button small" disabled={!others.length} onClick={() => setRegions([...mine, ...inOrder(others)])}>
          {t("article.add")}
        </button>
        <button
          type="button"
          class="button small"
          disabled={!inside.length || inside.length === mine.length}
          onClick={() => setRegions(mine.filter((id) => !inside.includes(id)))}
        >
          {t("article.takeOut")}
        </button>
      </div>
      {FIELDS.map(([field, label]) => (
        <TextField
          key={field}
          name={field}
          label={t(label)}
          value={String(article[field])}
          own={article.own.includes(field)}
          offer={pickedText}
          save={(value) => setField(field, value)}
        />
      ))}
      <Continuations article={article} />
      <p class="soft">{t("article.length", { p: article.paragraphs.length, n: article.paragraphs.join("").length })}</p>
    </div>
  );
}

interface TextFieldProps {
  name: string;
  label: string;
  value: string;
  own: boolean;
  offer: string;
  save: (value: string | null) => Promise<unknown>;
}

/** Saved when it is left or with Enter; what was set by hand can be given back to the lines. */
function TextField({ name, label, value, own, offer, save }: TextFieldProps) {
  const { text, change, done } = useDraft(value, save);
  return (
    <div class="row" style={{ alignItems: "end" }}>
      <div class="grow">
        <Field label={own ? `${label} · ${t("field.own")}` : label}>
          {(id) => (
            <input
              id={id}
              class="input han"
              data-field={name}
              value={text}
              onInput={(event) => change(event.currentTarget.value)}
              onBlur={done}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !event.isComposing) done();
              }}
            />
          )}
        </Field>
      </div>
      {offer && offer !== value && offer.length < 200 ? (
        <button type="button" class="button small" title={offer} onClick={() => void save(offer)}>
          {t("field.fromPicked")}
        </button>
      ) : null}
      {own ? (
        <button type="button" class="button small" onClick={() => void save(null)}>
          {t("field.fromLines")}
        </button>
      ) : null}
    </div>
  );
}
