import { useState } from "preact/hooks";

import { at, get } from "../api/client";
import type { SearchHit } from "../api/types";
import { around, bounds } from "../facsimile/geometry";
import { t } from "../i18n";
import { link, navigate, route } from "../lib/router";
import { Field, useLoaded, Waiting } from "../ui/parts";

const SIZE = 20;

/** Over the whole archive; each hit with a piece of its page. */
export function Search() {
  const query = route.value.query;
  const q = query.get("q") ?? "";
  const offset = Number(query.get("offset") ?? 0);
  const [text, setText] = useState(q);
  const [from, setFrom] = useState(query.get("from") ?? "");
  const [to, setTo] = useState(query.get("to") ?? "");
  const loaded = useLoaded(
    async () => (q ? get<{ total: number; hits: SearchHit[] }>("/api/search", { q, from: query.get("from") ?? "", to: query.get("to") ?? "", limit: SIZE, offset }) : null),
    [query.toString()],
  );
  const go = (place = 0): void => {
    const next = new URLSearchParams({ q: text });
    if (from) next.set("from", from);
    if (to) next.set("to", to);
    if (place) next.set("offset", String(place));
    navigate(`/app/search?${next}`);
  };
  const found = loaded.value;
  return (
    <div class="sheet">
      <h1>{t("nav.search")}</h1>
      <form
        class="card row"
        role="search"
        style={{ alignItems: "end" }}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div class="grow">
          <Field label={t("search.words")}>
            {(id) => <input id={id} class="input han" type="search" data-field="q" value={text} onInput={(event) => setText(event.currentTarget.value)} />}
          </Field>
        </div>
        <Field label={t("from")}>{(id) => <input id={id} class="input narrow" type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
        <Field label={t("to")}>{(id) => <input id={id} class="input narrow" type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />}</Field>
        <button type="submit" class="button main">
          {t("search.go")}
        </button>
      </form>
      {q ? <Waiting of={loaded} /> : <p class="empty">{t("search.hint")}</p>}
      {found ? <p class="soft">{t("search.total", { n: found.total })}</p> : null}
      <ul class="stack wide">
        {(found?.hits ?? []).map((hit) => (
          <Hit key={`${hit.issue} ${hit.article}`} hit={hit} />
        ))}
      </ul>
      {found && found.total > SIZE ? (
        <nav class="row" aria-label={t("pages")}>
          <button type="button" class="button" disabled={!offset} onClick={() => go(Math.max(0, offset - SIZE))}>
            {t("previous")}
          </button>
          <span class="soft">{t("range", { from: offset + 1, to: Math.min(found.total, offset + SIZE), total: found.total })}</span>
          <button type="button" class="button" disabled={offset + SIZE >= found.total} onClick={() => go(offset + SIZE)}>
            {t("next")}
          </button>
        </nav>
      ) : null}
    </div>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const first = hit.lines[0];
  const page = first?.page ?? hit.page;
  const lit = hit.lines.map((line) => line.line).slice(0, 50);
  const there = `${link("read", hit.issue, hit.article)}?page=${encodeURIComponent(page)}&hits=${lit.map(encodeURIComponent).join(",")}`
    + [...new Set(hit.snippet.filter((piece) => piece.hit).map((piece) => piece.text))].map((word) => `&word=${encodeURIComponent(word)}`).join("");
  let picture = "";
  if (first) {
    const { x0, y0, x1, y1 } = around([bounds(first.polygon)]);
    const margin = Math.min(x1 - x0, y1 - y0) * 1.2;
    picture = at.crop(hit.issue, page, [Math.max(0, x0 - margin), Math.max(0, y0 - margin), x1 + margin, y1 + margin], { height: 120 });
  }
  return (
    <li class="card stack" data-hit={hit.article}>
      <div class="row">
        <a class="han grow" style={{ fontSize: "18px" }} href={there}>
          {hit.headline || t("untitled")}
        </a>
        <span class="soft">
          {hit.title} <span class="num">{hit.date}</span>
        </span>
      </div>
      {picture ? <img class="hit-picture" loading="lazy" src={picture} alt={t("search.picture")} /> : null}
      <p class="han">
        {hit.snippet.map((piece, i) => (piece.hit ? <mark key={i}>{piece.text}</mark> : piece.text))}
      </p>
    </li>
  );
}
