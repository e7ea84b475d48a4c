/** One issue: pages, masthead, articles, exports, history, what the machine now reads otherwise. */
import { useEffect, useState } from "preact/hooks";

import { at, can, get, post, session } from "../api/client";
import type { Disagreement, IssueView } from "../api/types";
import { edition, language, number, percent, t, told, type TextKey } from "../i18n";
import { link, navigate, pageLink, route } from "../lib/router";
import { issue, openIssue, pageName } from "../state/doc";
import { performIn } from "../state/history";
import { Difference } from "../ui/Conflicts";
import { Meter, useLoaded, Waiting } from "../ui/parts";
import { toast } from "../ui/toast";
import { Entries } from "./desk/LineHistory";
import { MastheadForm } from "./MastheadForm";
import { Status } from "./Queue";

const TABS: readonly [string, TextKey][] = [
  ["pages", "pages"],
  ["masthead", "masthead"],
  ["articles", "mode.articles"],
  ["export", "export"],
  ["history", "history.issue"],
  ["disagreements", "disagreements"],
];

export function IssueOverview({ id }: { id: string }) {
  const loaded = useLoaded(() => openIssue(id), [id]);
  const tab = route.value.query.get("tab") ?? "pages";
  const now = issue.value?.id === id ? issue.value : null;
  if (!now) return <Waiting of={loaded} />;
  const decide = async (status: string): Promise<void> => {
    if (await performIn(id, "", [{ type: "status", target: "issue", status, bases: {} }])) loaded.reload();
  };
  return (
    <div class="sheet">
      <div class="row">
        <h1 class="han">{now.title}</h1>
        <span class="soft num">{`${now.date} ${edition(now.id, now.title, now.date)}`}</span>
        <Status of={now.status} />
        {now.complete ? null : <span class="chip red">{t("issue.incomplete")}</span>}
        <span class="grow" />
        {can("correct") && now.status !== "done" ? (
          <button type="button" class="button" onClick={() => void decide("done")}>
            {t("issue.done")}
          </button>
        ) : null}
        {can("review") ? (
          <a class="button" href={`/app/acceptance?issue=${encodeURIComponent(id)}`}>
            {t("nav.acceptance")}
          </a>
        ) : null}
        <a class="button main" href={pageLink(id, now.pages.find((page) => !page.error)?.id ?? "")}>
          {t("issue.open")}
        </a>
      </div>
      <p class="soft">{t(now.machine.engine ? "issue.machine" : "issue.reading", { engine: now.machine.engine, version: now.machine.version })}</p>
      {now.warnings.map((text) => (
        <p key={text} class="note">
          {text}
        </p>
      ))}
      <div role="tablist" class="row tight" aria-label={now.title}>
        {TABS.map(([name, label]) => (
          <button key={name} type="button" role="tab" class="button small" data-tab={name} aria-selected={tab === name} onClick={() => navigate(`${link("issue", id)}?tab=${name}`, true)}>
            {t(label)}
            {name === "disagreements" && now.disagreements ? <span class="chip amber">{number(now.disagreements)}</span> : null}
          </button>
        ))}
      </div>
      {tab === "pages" ? <Pages now={now} /> : null}
      {tab === "masthead" ? <MastheadForm issueId={id} form={now.masthead} page={now.pages.find((page) => !page.error)?.id ?? ""} /> : null}
      {tab === "articles" ? <Articles now={now} /> : null}
      {tab === "export" ? <Exports id={id} /> : null}
      {tab === "history" ? <History id={id} /> : null}
      {tab === "disagreements" ? <Disagreements id={id} /> : null}
    </div>
  );
}

function Pages({ now }: { now: IssueView }) {
  return (
    <ul class="tiles">
      {now.pages.map((page) => (
        <li key={page.id} class="tile">
          {page.error ? (
            <p class="note red">{page.error}</p>
          ) : (
            <a href={pageLink(now.id, page.id)}>
              <img src={at.thumbnail(now.id, page.id)} alt="" loading="lazy" style={{ width: "100%", maxHeight: "300px", objectFit: "contain" }} />
              <b style={{ fontSize: "16px" }}>{`${page.label || page.number} ${page.name}`}</b>
            </a>
          )}
          <p class="soft">{t("page.stand", { lines: page.lines, n: page.doubtful })}</p>
          <Meter value={page.confidence} label={t("confidence", { p: percent(page.confidence, 1) })} />
        </li>
      ))}
    </ul>
  );
}

function Articles({ now }: { now: IssueView }) {
  return (
    <table class="list card">
      <thead>
        <tr>
          <th scope="col">{t("article.kind")}</th>
          <th scope="col">{t("field.headline")}</th>
          <th scope="col">{t("pages")}</th>
          <th scope="col" class="right">
            {t("confidence.short")}
          </th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {now.articles.map((one) => (
          <tr key={one.id}>
            <td>{told(`article.kind.${one.kind}`)}</td>
            <td>
              <a class="han" href={link("read", now.id, one.id)}>
                {one.headline || "—"}
              </a>
            </td>
            <td>{one.pages.map((id) => pageName(now, id)).join(", ")}</td>
            <td class="right num">{percent(one.confidence)}</td>
            <td>
              <a href={`${pageLink(now.id, one.pages[0] ?? "", "", "articles")}&article=${encodeURIComponent(one.id)}`}>{t("repair")}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Exports({ id }: { id: string }) {
  const formats = session.value?.formats ?? [];
  return (
    <div class="card stack">
      <p>{t("export.why")}</p>
      <div class="row">
        {formats.map((format) => (
          <a key={format.name} class="button" data-export={format.name} download href={`/export/${encodeURIComponent(id)}/${encodeURIComponent(format.name)}`}>
            {format.title[language.value]}
          </a>
        ))}
      </div>
      <div class="row">
        <a class="button" download href={`/export/${encodeURIComponent(id)}/training.zip`}>
          {t("export.training")}
        </a>
        <span class="soft">{t("export.training.why")}</span>
      </div>
    </div>
  );
}

function History({ id }: { id: string }) {
  return (
    <div class="stack">
      <Entries issueId={id} target="" />
    </div>
  );
}

function Disagreements({ id }: { id: string }) {
  const loaded = useLoaded(() => get<{ disagreements: Disagreement[] }>(`${at.issue(id)}/disagreements`), [id]);
  const [busy, setBusy] = useState(false);
  useEffect(() => setBusy(false), [loaded.value]);
  const settle = async (one: Disagreement, takeMachine: boolean): Promise<void> => {
    setBusy(true);
    try {
      if (takeMachine) {
        const { lines } = (await get<{ lines: Record<string, { version: number }> }>(at.page(id, one.page)));
        const version = lines[one.line]?.version ?? 0;
        const done = await performIn(id, one.page, [{ type: "set_text", line: one.line, text: one.machine_new, bases: { [one.line]: version } }]);
        if (!done) return;
      }
      await post(`${at.issue(id)}/disagreements/resolve`, { id: one.id });
    } catch (problem) {
      toast(String(problem), "red");
    }
    loaded.reload();
  };
  const open = (loaded.value?.disagreements ?? []).filter((one) => !one.resolved);
  return (
    <div class="stack">
      <p class="soft">{t("disagreements.why")}</p>
      <Waiting of={loaded} />
      {loaded.value && !open.length ? <p class="empty card">{t("disagreements.none")}</p> : null}
      {open.map((one) => (
        <div key={one.id} class="card stack">
          {one.line ? <img class="hit-picture" src={at.linePicture(id, one.line, 44, 0)} alt={t("line.picture")} /> : null}
          {one.kind === "text" ? null : (
            <div>
              <span class="chip">{told(`disagreement.${one.kind}`)}</span>
            </div>
          )}
          <div class="merge">
            <span class="soft">{t("disagreements.human")}</span>
            <span class="han">{one.human || "—"}</span>
            <span class="soft">{t("disagreements.machine")}</span>
            {one.kind === "text" ? <Difference before={one.human} after={one.machine_new} /> : <span class="han">{one.machine_new || "—"}</span>}
          </div>
          <div class="row">
            <button type="button" class="button" disabled={busy} onClick={() => void settle(one, false)}>
              {t(one.kind === "line-new" ? "disagreements.keepLine" : "disagreements.keep")}
            </button>
            {one.kind === "text" ? (
              <button type="button" class="button" disabled={busy} onClick={() => void settle(one, true)}>
                {t("disagreements.take")}
              </button>
            ) : null}
            {one.page ? <a href={pageLink(id, one.page, one.line)}>{t("show.onPage")}</a> : null}
          </div>
        </div>
      ))}
    </div>
  );
}
