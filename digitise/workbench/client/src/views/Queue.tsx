/** What is to be done, worst first: one list from which a day's work starts. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { at, can, get, post, session } from "../api/client";
import type { IssueView, Progress, Queue as QueueData, QueueItem } from "../api/types";
import { issueName, language, moment, number, percent, t, told } from "../i18n";
import { later } from "../lib/dom";
import { register } from "../lib/keys";
import { link, navigate, pageLink, route } from "../lib/router";
import { performIn } from "../state/history";
import { Field, Meter, reasonOf, useLoaded, Waiting } from "../ui/parts";
import { toast } from "../ui/toast";

const KINDS = ["issue", "article", "jump", "masthead", "ink", "disagreement"];
const STATUSES = ["open", "in-progress", "returned", "done", "passed"];
const SIZE = 50;

export function Queue() {
  const query = route.value.query;
  const offset = Number(query.get("offset") ?? 0);
  const loaded = useLoaded(
    () =>
      get<QueueData>("/api/queue", {
        kind: query.getAll("kind"),
        status: query.getAll("status"),
        title: query.get("title") ?? "",
        claimed: query.get("claimed") ?? "",
        date_from: query.get("date_from") ?? "",
        date_to: query.get("date_to") ?? "",
        q: query.get("q") ?? "",
        limit: SIZE,
        offset,
      }),
    [query.toString()],
  );
  const [chosen, setChosen] = useState(0);
  const data = loaded.value;
  const items = data?.items ?? [];
  // What a key does is about the row shown when it is pressed, however soon after another key.
  const here = useRef({ items, chosen, reload: loaded.reload });
  here.current = { items, chosen, reload: loaded.reload };

  useLayoutEffect(() => {
    const item = (): QueueItem | undefined => here.current.items[here.current.chosen];
    const step = (by: number): void => setChosen((old) => Math.max(0, Math.min(here.current.items.length - 1, old + by)));
    return register([
      { id: "q.down", group: "group.queue", label: "queue.down", keys: ["j", "ArrowDown"], run: () => step(1) },
      { id: "q.up", group: "group.queue", label: "queue.up", keys: ["k", "ArrowUp"], run: () => step(-1) },
      { id: "q.open", group: "group.queue", label: "queue.open", keys: ["Enter", "o"], run: () => item() && void open(item()!) },
      { id: "q.done", group: "group.queue", label: "queue.done", keys: ["d"], run: () => item() && void toggleDone(item()!, here.current.reload) },
      { id: "q.claim", group: "group.queue", label: "queue.claim", keys: ["c"], run: () => item() && void claim(item()!, here.current.reload) },
    ]);
  }, []);
  useEffect(() => {
    document.querySelector(`[data-row="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  return (
    <div class="sheet">
      <div class="row">
        <h1 class="grow">{t("queue.title")}</h1>
        {data ? <span class="soft">{t("queue.total", { n: data.total })}</span> : null}
      </div>
      <Stand />
      <Filters data={data} query={query} />
      <Waiting of={loaded} />
      {data && !items.length ? <p class="empty card">{t("queue.empty")}</p> : null}
      {items.length ? (
        <div class="card" style={{ padding: 0, overflow: "auto" }}>
          <table class="list">
            <caption class="visually-hidden">{t("queue.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("queue.worst")}</th>
                <th scope="col">{t("queue.what")}</th>
                <th scope="col">{t("queue.why")}</th>
                <th scope="col" class="right">{t("queue.doubtful")}</th>
                <th scope="col">{t("queue.status")}</th>
                <th scope="col">{t("queue.claimed")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item, i) => (
                <Row key={item.id} item={item} place={i} on={i === chosen} reload={loaded.reload} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {data && data.total > SIZE ? <Pages total={data.total} offset={offset} query={query} /> : null}
    </div>
  );
}

/** How far the newspaper is and what this day has brought, in one line. */
function Stand() {
  const data = useLoaded(() => get<Progress>("/api/progress"), []).value;
  if (!data) return null;
  const { total } = data;
  const finished = total.issues ? (total.done + total.passed) / total.issues : 0;
  const now = new Date().toISOString().slice(0, 10);
  const today = data.days.find((day) => day.date === now);
  const mine = today?.users.find((user) => user.name === session.value?.user.name)?.operations ?? 0;
  return (
    <div class="row soft" data-stand>
      <div style={{ width: "140px" }}>
        <Meter value={finished} tone="green" label={percent(finished)} />
      </div>
      <span>{t("queue.stand", { done: total.done + total.passed, n: total.issues, lines: total.corrected })}</span>
      <span class="grow">{t("queue.today", { n: today?.operations ?? 0, mine })}</span>
      <a href="/app/progress">{t("nav.progress")}</a>
    </div>
  );
}

/** The page to begin on: the one named, or the issue's first that could be read. */
async function open(item: QueueItem): Promise<void> {
  if (item.kind === "disagreement") return navigate(`${link("issue", item.issue)}?tab=disagreements`);
  if (item.kind === "masthead") return navigate(`${link("issue", item.issue)}?tab=masthead`);
  let page = item.page;
  if (!page) {
    const issue = await get<IssueView>(at.issue(item.issue));
    page = (issue.pages.find((one) => !one.error && one.doubtful) ?? issue.pages.find((one) => !one.error) ?? issue.pages[0])?.id ?? "";
  }
  const path = pageLink(item.issue, page, "", item.kind === "jump" ? "articles" : "");
  navigate(item.target === "issue" ? path : `${path}${path.includes("?") ? "&" : "?"}article=${encodeURIComponent(item.target)}`);
}

async function claim(item: QueueItem, after: () => void): Promise<void> {
  try {
    const what = { issue: item.issue, target: item.target };
    await post(item.claim?.mine ? "/api/claims/release" : "/api/claims", what);
    after();
  } catch (problem) {
    toast(reasonOf(problem), "red");
  }
}

/** Done with what a row tells of, or not done after all. */
async function toggleDone(item: QueueItem, after: () => void): Promise<void> {
  if (!can("correct") || item.status === "passed") return;
  const status = item.status === "done" ? "open" : "done";
  if (await performIn(item.issue, "", [{ type: "status", target: item.target, status, bases: {} }])) after();
}

function Row({ item, place, on, reload }: { item: QueueItem; place: number; on: boolean; reload: () => void }) {
  const tone = item.score > 0.6 ? "red" : item.score < 0.25 ? "green" : "";
  return (
    <tr data-row={place} data-item={item.id} aria-current={on ? "true" : undefined}>
      <td class="num nowrap">
        <Meter value={item.score} tone={tone} label={t("queue.score", { p: percent(item.score) })} />
      </td>
      <td>
        <button type="button" class="button plain" style={{ padding: 0, whiteSpace: "normal", textAlign: "start" }} onClick={() => void open(item)}>
          <span>
            <span class="chip">{told(`queue.kind.${item.kind}`)}</span> <b class="han">{item.label}</b>
          </span>
        </button>
        <div class="soft">
          <a href={link("issue", item.issue)}>
            {issueName(item.issue, item.title, item.date)}
          </a>
        </div>
      </td>
      <td>{item.reasons.map((reason) => reason[language.value]).join(t("space"))}</td>
      <td class="right num">
        {number(item.doubtful)} <div class="soft">{t("lines.count", { n: item.lines })}</div>
      </td>
      <td>
        <span class="row tight nowrap">
          <Status of={item.status} />
          {can("correct") && item.status !== "passed" ? (
            <button
              type="button"
              class="button small"
              data-do="done"
              aria-pressed={item.status === "done"}
              aria-label={t("queue.done")}
              title={t("queue.done")}
              onClick={() => void toggleDone(item, reload)}
            >
              ✓
            </button>
          ) : null}
        </span>
      </td>
      <td class="nowrap">
        {item.claim && !item.claim.mine ? (
          <span title={t("claim.until", { at: moment(item.claim.until) })}>{item.claim.by}</span>
        ) : (
          <button type="button" class="button small" data-do="claim" aria-pressed={item.claim?.mine ?? false} onClick={() => void claim(item, reload)}>
            {item.claim?.mine ? t("claim.mine") : t("claim.take")}
          </button>
        )}
      </td>
    </tr>
  );
}

export function Status({ of }: { of: string }) {
  const tone = of === "done" || of === "passed" ? "green" : of === "returned" ? "red" : of === "in-progress" ? "blue" : "";
  return <span class={`chip ${tone}`}>{told(`status.${of}`)}</span>;
}

function Filters({ data, query }: { data: QueueData | null; query: URLSearchParams }) {
  const change = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    next.delete("offset");
    if (value) next.set(name, value);
    else next.delete(name);
    navigate(`/?${next}`.replace(/\?$/, ""), true);
  };
  const typed = later(change, 300);
  return (
    <div class="card row" role="search" style={{ alignItems: "end" }}>
      <Field label={t("queue.filter.q")}>
        {(id) => <input id={id} class="input" type="search" value={query.get("q") ?? ""} onInput={(event) => typed("q", event.currentTarget.value)} />}
      </Field>
      <Field label={t("queue.filter.kind")}>
        {(id) => (
          <select id={id} class="input narrow" value={query.get("kind") ?? ""} onChange={(event) => change("kind", event.currentTarget.value)}>
            <option value="">{t("all")}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {`${told(`queue.kind.${kind}`)} (${number(data?.counts.kind[kind] ?? 0)})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("queue.filter.status")}>
        {(id) => (
          <select id={id} class="input narrow" value={query.get("status") ?? ""} onChange={(event) => change("status", event.currentTarget.value)}>
            <option value="">{t("all")}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {`${told(`status.${status}`)} (${number(data?.counts.status[status] ?? 0)})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("queue.filter.title")}>
        {(id) => (
          <select id={id} class="input narrow" value={query.get("title") ?? ""} onChange={(event) => change("title", event.currentTarget.value)}>
            <option value="">{t("all")}</option>
            {(data?.titles ?? []).map((title) => (
              <option key={title.name} value={title.name}>
                {title.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("queue.filter.claimed")}>
        {(id) => (
          <select id={id} class="input narrow" value={query.get("claimed") ?? ""} onChange={(event) => change("claimed", event.currentTarget.value)}>
            <option value="">{t("all")}</option>
            <option value="me">{t("claimed.me")}</option>
            <option value="others">{t("claimed.others")}</option>
            <option value="nobody">{t("claimed.nobody")}</option>
          </select>
        )}
      </Field>
      <Field label={t("from")}>
        {(id) => <input id={id} class="input narrow" type="date" value={query.get("date_from") ?? ""} onChange={(event) => change("date_from", event.currentTarget.value)} />}
      </Field>
      <Field label={t("to")}>
        {(id) => <input id={id} class="input narrow" type="date" value={query.get("date_to") ?? ""} onChange={(event) => change("date_to", event.currentTarget.value)} />}
      </Field>
    </div>
  );
}

function Pages({ total, offset, query }: { total: number; offset: number; query: URLSearchParams }) {
  const to = (place: number): void => {
    const next = new URLSearchParams(query);
    next.set("offset", String(place));
    navigate(`/?${next}`);
  };
  return (
    <nav class="row" aria-label={t("pages")}>
      <button type="button" class="button" disabled={offset === 0} onClick={() => to(Math.max(0, offset - SIZE))}>
        {t("previous")}
      </button>
      <span class="soft num">{t("range", { from: offset + 1, to: Math.min(total, offset + SIZE), total })}</span>
      <button type="button" class="button" disabled={offset + SIZE >= total} onClick={() => to(offset + SIZE)}>
        {t("next")}
      </button>
    </nav>
  );
}
