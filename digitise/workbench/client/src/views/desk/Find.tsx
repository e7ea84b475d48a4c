/** Find and replace: every hit with its picture, nothing changed before it was seen. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";

import { at, post } from "../../api/client";
import type { FindHit } from "../../api/types";
import { number, t } from "../../i18n";
import { baseOf } from "../../journal/outbox";
import { points } from "../../lib/dom";
import { navigate, pageLink } from "../../lib/router";
import { current, goToLine } from "../../state/cursor";
import { doc, issue, pageName } from "../../state/doc";
import { performIn, type Wanted } from "../../state/history";
import { Dialog, Field, reasonOf } from "../../ui/parts";
import { toast } from "../../ui/toast";

export const findOpen = signal(false);
type Scope = "article" | "issue" | "title";

export function FindDialog() {
  const now = doc.value!;
  const [find, setFind] = useState(chosenText);
  const [replace, setReplace] = useState("");
  const [scope, setScope] = useState<Scope>("issue");
  const [variants, setVariants] = useState(false);
  const [found, setFound] = useState<{ total: number; hits: FindHit[] } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);

  const look = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    if (!find) return;
    const article = now.regions[now.lines[current.peek()]?.region ?? ""]?.article ?? "";
    const where =
      scope === "title" ? { title: issue.peek()?.title ?? "" } : scope === "article" ? { issue: now.issue, article } : { issue: now.issue };
    setBusy(true);
    try {
      const answer = await post<{ total: number; hits: FindHit[] }>("/api/find", { find, scope: where, variants, limit: 500 });
      setFound(answer);
      setChosen(new Set());
      setError("");
    } catch (problem) {
      setError(reasonOf(problem));
    } finally {
      setBusy(false);
    }
  };
  const apply = async (): Promise<void> => {
    const hits = (found?.hits ?? []).filter((_, i) => chosen.has(i));
    setBusy(true);
    let count = 0;
    for (const [issueId, mine] of groups(hits, (hit) => hit.issue)) {
      for (const some of parcels(replaced(issueId, mine, replace), 100)) {
        const done = await performIn(issueId, now.page.id, some);
        if (done) count += some.length;
      }
    }
    setBusy(false);
    toast(t("find.done", { n: count }));
    await look();
  };
  const all = found?.hits ?? [];
  return (
    <Dialog
      wide
      title={t("find")}
      onClose={() => (findOpen.value = false)}
      footer={
        <>
          <span class="soft grow">{found ? t("find.total", { n: found.total }) : ""}</span>
          <button type="button" class="button" disabled={!all.length} onClick={() => setChosen(chosen.size === all.length ? new Set() : new Set(all.map((_, i) => i)))}>
            {chosen.size === all.length && all.length ? t("find.none") : t("find.all")}
          </button>
          <button type="button" class="button main" data-do="replace" disabled={!chosen.size || busy} onClick={() => void apply()}>
            {t("find.replace", { n: chosen.size })}
          </button>
        </>
      }
    >
      <form class="row" style={{ alignItems: "end" }} onSubmit={(event) => void look(event)}>
        <Field label={t("find.find")}>
          {(id) => <input id={id} class="input han" data-field="find" required value={find} onInput={(event) => setFind(event.currentTarget.value)} />}
        </Field>
        <Field label={t("find.with")}>
          {(id) => <input id={id} class="input han" data-field="replace" value={replace} onInput={(event) => setReplace(event.currentTarget.value)} />}
        </Field>
        <Field label={t("find.scope")}>
          {(id) => (
            <select id={id} class="input narrow" value={scope} onChange={(event) => setScope(event.currentTarget.value as Scope)}>
              <option value="article">{t("scope.article")}</option>
              <option value="issue">{t("scope.issue")}</option>
              <option value="title">{t("scope.title")}</option>
            </select>
          )}
        </Field>
        <label class="check">
          <input type="checkbox" checked={variants} onChange={(event) => setVariants(event.currentTarget.checked)} />
          {t("find.variants")}
        </label>
        <button type="submit" class="button main" disabled={busy}>
          {t("find.go")}
        </button>
      </form>
      {error ? (
        <p class="note red" role="alert">
          {error}
        </p>
      ) : null}
      {found && !all.length ? <p class="empty">{t("find.nothing")}</p> : null}
      <ul class="stack">
        {all.map((hit, i) => (
          <Hit
            key={`${hit.issue} ${hit.line} ${hit.start}`}
            hit={hit}
            replace={replace}
            on={chosen.has(i)}
            toggle={() => {
              const next = new Set(chosen);
              if (!next.delete(i)) next.add(i);
              setChosen(next);
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}

/** What is marked in the line being edited, to begin with. */
function chosenText(): string {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement)) return "";
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

function Hit({ hit, replace, on, toggle }: { hit: FindHit; replace: string; on: boolean; toggle: () => void }) {
  const chars = points(hit.text);
  const word = chars.slice(hit.start, hit.end).join("");
  const tall = hit.writing_mode === "vertical-rl";
  const go = (): void => {
    findOpen.value = false;
    const now = doc.peek();
    if (now?.issue === hit.issue && now.page.id === hit.page) goToLine(hit.line, hit.start, hit.end);
    else navigate(pageLink(hit.issue, hit.page, hit.line));
  };
  return (
    <li class="row" data-hit={hit.line}>
      <label class="check grow" style={{ alignItems: "center", gap: "10px" }}>
        <input type="checkbox" checked={on} onChange={toggle} aria-label={t("find.choose", { text: hit.text })} />
        <span class="stack" style={{ gap: "3px" }}>
          <img class="hit-picture" loading="lazy" src={at.linePicture(hit.issue, hit.line, tall ? 30 : 36, hit.version)} alt={t("line.picture")} />
          <span class="han" style={{ fontSize: "18px" }}>
            {chars.slice(0, hit.start).join("")}
            <del>{word}</del>
            <ins>{replace}</ins>
            {chars.slice(hit.end).join("")}
          </span>
        </span>
      </label>
      <span class="soft num">{hit.issue === issue.value?.id ? pageName(issue.value, hit.page) : `${hit.issue} ${hit.page}`}</span>
      <button type="button" class="button small" onClick={go}>
        {t("find.show", { n: number(hit.start + 1) })}
      </button>
    </li>
  );
}

/** One operation for each line, however many hits it has. */
function replaced(issueId: string, hits: readonly FindHit[], replace: string): Wanted[] {
  const wanted: Wanted[] = [];
  for (const [line, mine] of groups(hits, (hit) => hit.line)) {
    const chars = points(mine[0]!.text);
    for (const hit of [...mine].sort((a, b) => b.start - a.start)) chars.splice(hit.start, hit.end - hit.start, ...points(replace));
    wanted.push({ type: "set_text", line, text: chars.join(""), bases: { [line]: baseOf(issueId, line, mine[0]!.version) } });
  }
  return wanted;
}

function groups<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

function parcels<T>(items: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < items.length; i += size) out.push(items.slice(i, i + size));
  return out;
}
