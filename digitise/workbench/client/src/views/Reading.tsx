/** An article as one reads it, beside its place on the page. */
import type { ComponentChild } from "preact";
import { useMemo, useState } from "preact/hooks";

import { at, get } from "../api/client";
import type { ArticleView, IssueView, PageView, Polygon } from "../api/types";
import { around, bounds } from "../facsimile/geometry";
import { Facsimile } from "../facsimile/Facsimile";
import { EMPTY } from "../facsimile/paint";
import { issueName, t, told } from "../i18n";
import { link, navigate, pageLink, route } from "../lib/router";
import { pageName } from "../state/doc";
import { useLoaded, Waiting } from "../ui/parts";
import { Exports } from "./IssueOverview";

export function Reading({ issueId, articleId }: { issueId: string; articleId: string }) {
  const loaded = useLoaded(async () => {
    const issue = await get<IssueView>(at.issue(issueId));
    const articles = issue.articles.filter((one) => one.kind !== "furniture" && one.kind !== "masthead");
    const id = articleId || articles[0]?.id || "";
    const view = id ? await get<ArticleView>(at.article(issueId, id)) : null;
    return { issue, articles, view, id };
  }, [issueId, articleId]);
  const now = loaded.value;
  const [part, setPart] = useState(0);
  const wanted = route.value.query.get("page");
  const parts = now?.view?.article.parts ?? [];
  const page = parts[part]?.page ?? wanted ?? parts[0]?.page ?? "";
  const paper = useLoaded(async () => (page ? get<PageView>(at.page(issueId, page)) : null), [issueId, page]);
  const words = route.value.query.getAll("word").filter(Boolean);
  const hitIds = (route.value.query.get("hits") ?? "").split(",").filter(Boolean);

  const scene = useMemo(() => {
    const view = paper.value;
    if (!view || !now?.view) return EMPTY;
    const mine = parts.flatMap((one) => one.regions);
    const regions = mine.flatMap((id) => (view.regions[id] ? [{ id, polygon: view.regions[id].polygon, hue: 0, label: "" }] : []));
    const hits = hitIds.flatMap((id): Polygon[] => (view.lines[id] ? [view.lines[id].polygon] : []));
    return { ...EMPTY, showRegions: true, regions, hits };
  }, [paper.value, now?.view, hitIds.join()]);
  const shapes = scene.hits.length ? scene.hits : scene.regions.map((shape) => shape.polygon);
  const box = shapes.length ? around(shapes.map(bounds)) : null;
  if (!now) return <Waiting of={loaded} />;
  if (!now.view) return <p class="empty">{t("read.nothing")}</p>;
  const { article } = now.view;
  const place = now.articles.findIndex((one) => one.id === now.id);
  const to = (step: number): void => {
    const next = now.articles[place + step];
    if (next) navigate(link("read", issueId, next.id));
  };
  return (
    <div class="desk-frame">
      <div class="desk-bar">
        <a class="title" href={link("issue", issueId)}>{issueName(now.issue.id, now.issue.title, now.issue.date)}</a>
        <button type="button" class="button small" disabled={place <= 0} onClick={() => to(-1)}>
          {t("article.previous")}
        </button>
        <button type="button" class="button small" disabled={place >= now.articles.length - 1} onClick={() => to(1)}>
          {t("article.next")}
        </button>
        <span class="grow" />
        {parts.length > 1
          ? parts.map((one, i) => (
              <button key={i} type="button" class="button small" aria-pressed={i === part} onClick={() => setPart(i)}>
                {pageName(now.issue, one.page)}
              </button>
            ))
          : null}
        <a class="button small" href={`/read/${encodeURIComponent(issueId)}/${encodeURIComponent(article.id)}`} target="_blank" rel="noopener">
          {t("read.address")}
        </a>
        <a class="button small" href={`${pageLink(issueId, page)}?article=${encodeURIComponent(article.id)}`}>
          {t("correct")}
        </a>
      </div>
      <div class="desk">
        {paper.value && box ? (
          <Facsimile key={`${page} ${article.id}`} tiles={paper.value.page.tiles} scene={scene} handlers={{}} start={box} />
        ) : (
          <div class="facsimile" />
        )}
        <span class="splitter" />
        <div class="pane">
          <article class="pane-scroll" aria-label={article.headline}>
            <div class="reading stack" lang="zh-Hans">
              {article.kicker ? <p class="kicker plain">{article.kicker}</p> : null}
              <h1>
                <Lit text={article.headline || told(`article.kind.${article.kind}`)} words={words} />
              </h1>
              {article.subheadline ? <p class="deck plain">{article.subheadline}</p> : null}
              {article.byline ? <p class="by plain">{article.byline}</p> : null}
              {article.paragraphs.map((text, i) => (
                <p key={i}>
                  <Lit text={text} words={words} />
                </p>
              ))}
              {article.captions.map((text, i) => (
                <p key={`c${i}`} class="by plain">
                  <Lit text={text} words={words} />
                </p>
              ))}
            </div>
            <Exports id={issueId} />
          </article>
        </div>
      </div>
    </div>
  );
}

/** The text with the words lit that were searched for. */
function Lit({ text, words }: { text: string; words: readonly string[] }) {
  const pieces: ComponentChild[] = [];
  let at = 0;
  while (at < text.length) {
    const found = words.flatMap((word) => (text.indexOf(word, at) >= 0 ? [[text.indexOf(word, at), word] as const] : []));
    const [place, word] = found.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0] ?? [text.length, ""];
    pieces.push(text.slice(at, place));
    if (word) pieces.push(<mark key={place}>{word}</mark>);
    at = place + word.length;
  }
  return <>{pieces}</>;
}
