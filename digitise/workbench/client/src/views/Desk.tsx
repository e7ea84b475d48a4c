/** One page on the desk: its picture, and beside it text, layout or articles. */
import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { at, can, get, post, Refused } from "../api/client";
import type { Suggestion } from "../api/types";
import { issueName, t, told } from "../i18n";
import { flush } from "../journal/outbox";
import { clamp } from "../lib/dom";
import { register } from "../lib/keys";
import { link, navigate, pageLink, route } from "../lib/router";
import { current, doubtsOf, goToLine, jump, suggested, suggestions, walk } from "../state/cursor";
import { catchUp, close, doc, issue, openIssue, openPage, order, others } from "../state/doc";
import { canRedo, canUndo, goTo, performIn, redo, undo } from "../state/history";
import { shown } from "../state/repair";
import { set, settings } from "../state/settings";
import { useLoaded, Waiting } from "../ui/parts";
import { toast } from "../ui/toast";
import { ArticlePane } from "./desk/ArticlePane";
import { DeskPage } from "./desk/DeskPage";
import { FindDialog, findOpen } from "./desk/Find";
import { LayoutPane } from "./desk/LayoutPane";
import { Remarks, remarksOf } from "./desk/Remarks";
import { LineHistory, historyOf } from "./desk/LineHistory";
import { TextPane } from "./desk/TextPane";

export type Mode = "text" | "layout" | "articles";
const MODES: readonly Mode[] = ["text", "layout", "articles"];

export function Desk({ issueId, pageId }: { issueId: string; pageId: string }) {
  const loaded = useLoaded(async () => {
    await flush();
    if (issue.peek()?.id !== issueId) await openIssue(issueId);
    const page = pageId || issue.peek()?.pages.find((one) => !one.error)?.id || "";
    await openPage(issueId, page, begin);
    void hints(issueId, page);
    return page;
  }, [issueId, pageId]);
  useEffect(() => () => close(), []);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void catchUp().catch(() => undefined);
    }, 12_000);
    return () => clearInterval(timer);
  }, [issueId]);
  useClaim(issueId);
  useKeys();
  useLayoutEffect(() => {
    const to = goTo.value;
    if (!to) return;
    goTo.value = null;
    if (to.page !== doc.peek()?.page.id) navigate(pageLink(issueId, to.page, to.line));
    else goToLine(to.line);
  }, [goTo.value]);
  const ready = doc.value?.issue === issueId && (!pageId || doc.value.page.id === pageId);
  if (!ready) return <Waiting of={loaded} />;
  return <Frame />;
}

/** Where the address says, or at the first doubtful place. */
function begin(): void {
  const now = doc.peek();
  if (!now) return;
  const wanted = route.peek().query.get("line");
  const article = route.peek().query.get("article");
  const first = order.peek().find((id) => now.regions[now.lines[id]?.region ?? ""]?.article === article);
  if (wanted && now.lines[wanted]) goToLine(wanted);
  else if (first) goToLine(first);
  else if (!now.lines[current.peek()]) {
    const doubtful = order.peek().find((id) => now.lines[id] && doubtsOf(now.lines[id]).length);
    goToLine(doubtful ?? order.peek()[0] ?? "");
  }
}

async function hints(issueId: string, page: string): Promise<void> {
  suggestions.value = new Map();
  suggested.value = "";
  try {
    const found = await get<{ suggestions: Suggestion[] }>(`${at.issue(issueId)}/suggestions`, { page });
    const byLine = new Map<string, Suggestion[]>();
    // Whoever has gone on to another page has no use for these.
    if (doc.peek()?.page.id !== page) return;
    for (const one of found.suggestions) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
    suggestions.value = byLine;
  } catch {
    // Offered when they are there; nothing waits for them.
  }
  if (doc.peek()?.page.id === page) suggested.value = page;
}

/** A sign to others that one is at this issue; it runs out by itself when one has gone. */
function useClaim(issueId: string): void {
  useEffect(() => {
    const body = { issue: issueId, target: "issue" };
    if (!can("correct")) return undefined;
    const claim = async (): Promise<void> => {
      try {
        await post("/api/claims", body);
      } catch (problem) {
        const held = problem instanceof Refused ? (problem.reason.detail as { by?: string } | undefined) : undefined;
        if (held?.by) toast(t("claim.held", { by: held.by }), "red");
      }
    };
    void claim();
    const timer = setInterval(() => void claim(), 300_000);
    return () => clearInterval(timer);
  }, [issueId]);
}

export function modeOf(): Mode {
  const wanted = can("correct") ? route.value.query.get("mode") : "text";
  return MODES.find((mode) => mode === wanted) ?? "text";
}

function toMode(mode: Mode): void {
  const now = doc.peek();
  shown.value = null;
  if (now) navigate(pageLink(now.issue, now.page.id, current.peek(), mode === "text" ? "" : mode), true);
}

function toPage(step: number): void {
  const now = doc.peek();
  const pages = (issue.peek()?.pages ?? []).filter((page) => !page.error);
  const place = pages.findIndex((page) => page.id === now?.page.id) + step;
  const page = pages[place];
  if (now && page) {
    current.value = "";
    const mode = modeOf();
    navigate(pageLink(now.issue, page.id, "", mode === "text" ? "" : mode));
  }
}

function useKeys(): void {
  useLayoutEffect(
    () =>
      register([
        { id: "d.text", group: "group.desk", label: "mode.text", keys: ["F2"], run: () => toMode("text") },
        { id: "d.layout", group: "group.desk", label: "mode.layout", keys: ["F4"], run: () => toMode("layout") },
        { id: "d.articles", group: "group.desk", label: "mode.articles", keys: ["F7"], run: () => toMode("articles") },
        { id: "d.undo", group: "group.desk", label: "undo", keys: ["Mod+Z"], run: undo },
        { id: "d.redo", group: "group.desk", label: "redo", keys: ["Mod+Shift+Z", "Mod+Y"], run: redo },
        { id: "d.save", group: "group.desk", label: "save.now", keys: ["Mod+S"], run: () => void flush() },
        { id: "d.find", group: "group.desk", label: "find", keys: ["Mod+F", "Mod+H"], run: () => (findOpen.value = true) },
        { id: "d.next", group: "group.desk", label: "page.next", keys: ["Alt+PageDown"], run: () => toPage(1) },
        { id: "d.prev", group: "group.desk", label: "page.previous", keys: ["Alt+PageUp"], run: () => toPage(-1) },
        { id: "d.region.next", group: "group.desk", label: "region.next", keys: ["Alt+ArrowDown"], run: () => jump(1, "region") },
        { id: "d.region.prev", group: "group.desk", label: "region.previous", keys: ["Alt+ArrowUp"], run: () => jump(-1, "region") },
        { id: "d.article.next", group: "group.desk", label: "article.next", keys: ["Alt+Shift+ArrowDown"], run: () => jump(1, "article") },
        { id: "d.article.prev", group: "group.desk", label: "article.previous", keys: ["Alt+Shift+ArrowUp"], run: () => jump(-1, "article") },
        { id: "d.doubt", group: "group.desk", label: "doubt.next", keys: ["F8"], run: () => void walk(1) },
        { id: "d.doubt.prev", group: "group.desk", label: "doubt.previous", keys: ["Shift+F8"], run: () => void walk(-1) },
        { id: "d.history", group: "group.desk", label: "history.line", keys: ["Alt+H"], run: () => (historyOf.value = current.peek()) },
        { id: "d.comment", group: "group.desk", label: "comment.line", keys: ["Alt+C"], run: () => (remarksOf.value = current.peek()) },
        { id: "d.upright", group: "group.desk", label: "upright", keys: ["Alt+V"], run: () => set({ upright: !settings.peek().upright }) },
        { id: "d.larger", group: "group.desk", label: "text.larger", keys: ["Alt+="], run: () => resize(2) },
        { id: "d.smaller", group: "group.desk", label: "text.smaller", keys: ["Alt+-"], run: () => resize(-2) },
        { id: "d.panes", group: "group.desk", label: "panes", keys: ["F6"], run: otherPane },
        { id: "d.done", group: "group.desk", label: "page.done", keys: ["Mod+Enter"], run: () => void pageDone() },
      ]),
    [],
  );
}

function resize(by: number): void {
  set({ textSize: clamp(settings.peek().textSize + by, 14, 44) });
}

function otherPane(): void {
  const page = document.querySelector<HTMLElement>(".facsimile .openseadragon-canvas");
  if (page && !page.contains(document.activeElement)) page.focus();
  else if (current.peek()) goToLine(current.peek());
}

async function pageDone(): Promise<void> {
  const now = doc.peek();
  if (!now) return;
  const status = now.page.status === "done" ? "open" : "done";
  const bases = { [now.page.id]: now.page.version };
  const done = await performIn(now.issue, now.page.id, [{ type: "status", target: now.page.id, status, bases }]);
  if (done && status === "done") toPage(1);
}

function Frame() {
  const now = doc.value!;
  const whole = issue.value;
  const mode = modeOf();
  const page = now.page;
  const pages = useMemo(() => (whole?.pages ?? []).filter((one) => !one.error), [whole]);
  const count = useComputed(() => others.value);
  return (
    <div class="desk-frame" data-suggested={suggested.value}>
      <div class="desk-bar">
        <a class="title" href={link("issue", now.issue)}>
          {whole ? issueName(whole.id, whole.title, whole.date) : now.issue}
        </a>
        <button type="button" class="button small icon" aria-label={t("page.previous")} disabled={pages[0]?.id === page.id} onClick={() => toPage(-1)}>
          ‹
        </button>
        <select
          class="input narrow"
          aria-label={t("page")}
          value={page.id}
          onChange={(event) => navigate(pageLink(now.issue, event.currentTarget.value, "", mode === "text" ? "" : mode))}
        >
          {pages.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.label || one.number} ${one.name}`}
            </option>
          ))}
        </select>
        <button type="button" class="button small icon" aria-label={t("page.next")} disabled={pages.at(-1)?.id === page.id} onClick={() => toPage(1)}>
          ›
        </button>
        <div class="tabs" role="tablist" aria-label={t("mode")}>
          {MODES.filter((one) => one === "text" || can("correct")).map((one) => (
            <button key={one} type="button" role="tab" class="button" aria-selected={one === mode} data-mode={one} onClick={() => toMode(one)}>
              {t(`mode.${one}`)}
            </button>
          ))}
        </div>
        <button type="button" class="button plain icon" aria-label={t("undo")} title={t("undo")} disabled={!canUndo.value} onClick={undo}>
          ↶
        </button>
        <button type="button" class="button plain icon" aria-label={t("redo")} title={t("redo")} disabled={!canRedo.value} onClick={redo}>
          ↷
        </button>
        <span class="grow" />
        {count.value ? <span class="chip blue">{t("others", { by: count.value })}</span> : null}
        {page.flag ? <span class="chip red">⚑ {page.flag}</span> : null}
        <button type="button" class="button small" onClick={() => (findOpen.value = true)}>
          {t("find")}
        </button>
        <a class="button small" href={link("read", now.issue)}>
          {t("reading")}
        </a>
        <button type="button" class="button small" aria-pressed={page.status === "done"} onClick={() => void pageDone()}>
          {page.status === "done" ? `✓ ${told("status.done")}` : t("page.done")}
        </button>
      </div>
      <Split>
        <DeskPage mode={mode} />
        {mode === "text" ? <TextPane /> : mode === "layout" ? <LayoutPane /> : <ArticlePane />}
      </Split>
      {findOpen.value ? <FindDialog /> : null}
      {historyOf.value ? <LineHistory /> : null}
      {remarksOf.value ? <Remarks /> : null}
    </div>
  );
}

function Split({ children }: { children: [preact.ComponentChild, preact.ComponentChild] }) {
  const place = useRef<HTMLDivElement>(null);
  const [pulled, setPulled] = useState(false);
  useLayoutEffect(() => place.current?.style.setProperty("--left", `${settings.value.left}%`), [settings.value.left]);
  const pull = (event: PointerEvent): void => {
    const frame = place.current?.getBoundingClientRect();
    if (pulled && frame) set({ left: clamp(((event.clientX - frame.left) / frame.width) * 100, 20, 80) });
  };
  return (
    <div class="desk" ref={place}>
      {children[0]}
      <button
        type="button"
        class="splitter"
        role="separator"
        aria-orientation="vertical"
        aria-valuenow={Math.round(settings.value.left)}
        aria-valuemin={20}
        aria-valuemax={80}
        aria-label={t("splitter")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setPulled(true);
        }}
        onPointerMove={pull}
        onPointerUp={() => setPulled(false)}
        onKeyDown={(event) => {
          const by = event.key === "ArrowLeft" ? -2 : event.key === "ArrowRight" ? 2 : 0;
          if (!by) return;
          event.preventDefault();
          set({ left: clamp(settings.value.left + by, 20, 80) });
        }}
      />
      {children[1]}
    </div>
  );
}
