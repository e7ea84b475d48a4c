import { signal } from "@preact/signals";

import { at, can, get } from "../../api/client";
import type { HistoryEntry } from "../../api/types";
import { moment, t, told } from "../../i18n";
import { flush } from "../../journal/outbox";
import { doc, textOf } from "../../state/doc";
import { performIn } from "../../state/history";
import { Difference } from "../../ui/Conflicts";
import { Dialog, useLoaded, Waiting } from "../../ui/parts";

/** The line (or other entity) whose history is looked at. */
export const historyOf = signal("");

export function LineHistory() {
  const now = doc.value!;
  const id = historyOf.value;
  const line = now.lines[id];
  return (
    <Dialog wide title={t("history.title")} onClose={() => (historyOf.value = "")}>
      {line ? <img class="hit-picture" src={at.linePicture(now.issue, id, 44, line.version)} alt={t("line.picture")} /> : null}
      {line ? (
        <div class="merge">
          <span class="soft">{t("history.machine")}</span>
          <span class="han">{line.machine || "—"}</span>
          <span class="soft">{t("history.now")}</span>
          <Difference before={line.machine} after={textOf(line)} />
        </div>
      ) : null}
      <Entries issueId={now.issue} target={id} />
    </Dialog>
  );
}

const WORDS = [
  "text", "kicker", "headline", "subheadline", "byline", "title", "date", "weekday", "lunar_date", "issue_number", "cn", "issn", "postal_code",
  "publisher", "flag", "comments",
];

/** What of a thing was put otherwise, in words before and after: a line's text, an article's heads,
 * fields of the masthead, what was said of it. */
function wordsOf(entry: HistoryEntry, id: string): [string, string][] {
  const key = id in entry.after || id in entry.before ? id : `note:${id}`;
  const [was, is] = [entry.before[key], entry.after[key]].map((value) => (value ?? {}) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>];
  // A line that was confirmed as it stands is told as well.
  return WORDS.map((name): [string, string, string] => [name, words(was[name]), words(is[name])])
    .filter(([name, before, after]) => (before || after) && (before !== after || name === "text"))
    .map(([name, before, after]) => [name === "comments" ? "" : before, after]);
}

/** Of comments the last one, which is the one that was made. */
function words(value: unknown): string {
  return String((Array.isArray(value) ? value[value.length - 1] : value) ?? "");
}

/** Who did what and when, newest first; everything can be put back. */
export function Entries({ issueId, target }: { issueId: string; target: string }) {
  const loaded = useLoaded(async () => {
    await flush();
    return get<{ entries: HistoryEntry[] }>(`${at.issue(issueId)}/history`, { target, limit: 200 });
  }, [issueId, target]);
  const revert = async (seq: number): Promise<void> => {
    await performIn(issueId, doc.peek()?.issue === issueId ? doc.peek()!.page.id : "", [{ type: "revert", seq, bases: {} }]);
    loaded.reload();
  };
  return (
    <>
      <Waiting of={loaded} />
      {loaded.value && !loaded.value.entries.length ? <p class="empty">{t("history.none")}</p> : null}
      <ol class="stack">
        {(loaded.value?.entries ?? []).map((entry) => {
          const id = target || entry.targets[0] || "";
          const changes = wordsOf(entry, id);
          return (
            <li key={entry.seq} class="row card" style={{ padding: "8px 12px" }} data-seq={entry.seq}>
              <span class="grow">
                <b>{entry.by}</b> <span class="soft num">{moment(entry.at)}</span> {told(`op.${entry.type}`)}
                {entry.reverts ? <span class="chip">{t("history.reverts")}</span> : null}
                {changes.map(([before, after]) => (
                  <div key={`${before}:${after}`} style={{ fontSize: "17px" }}>
                    <Difference before={before} after={after} />
                  </div>
                ))}
              </span>
              {entry.reverted_by ? <span class="chip">{t("history.reverted")}</span> : null}
              {can("correct") && !entry.reverted_by ? (
                <button type="button" class="button small" data-do="revert" onClick={() => void revert(entry.seq)}>
                  {t("history.revert")}
                </button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </>
  );
}
