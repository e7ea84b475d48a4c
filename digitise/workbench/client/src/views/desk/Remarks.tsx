import { signal } from "@preact/signals";
import { useState } from "preact/hooks";

import { at, get } from "../../api/client";
import type { Comment } from "../../api/types";
import { moment, t } from "../../i18n";
import { doc, textOf } from "../../state/doc";
import { perform } from "../../state/history";
import { seen } from "../../state/repair";
import { Dialog, Field, useLoaded, Waiting } from "../../ui/parts";

/** What is commented on. */
export const remarksOf = signal("");

/** Comments and flag of a line. */
export function Remarks() {
  const now = doc.value!;
  const id = remarksOf.value;
  const line = now.lines[id];
  const [text, setText] = useState("");
  const [flag, setFlag] = useState(line?.flag ?? "");
  const loaded = useLoaded(() => get<{ comments: Comment[] }>(`${at.issue(now.issue)}/comments`, { target: id }), [id]);
  const say = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!text.trim()) return;
    if (await perform({ type: "comment", target: id, text, bases: {} })) setText("");
    loaded.reload();
  };
  const mark = async (value: string): Promise<void> => {
    setFlag(value);
    await perform({ type: "flag", target: id, flag: value, bases: line ? seen(id) : {} });
  };
  return (
    <Dialog title={t("comments")} onClose={() => (remarksOf.value = "")}>
      {line ? <p class="han">{textOf(line)}</p> : null}
      <div class="row" style={{ alignItems: "end" }}>
        <div class="grow">
          <Field label={t("flag")}>
            {(fid) => <input id={fid} class="input" data-field="flag" maxLength={40} value={flag} onInput={(event) => setFlag(event.currentTarget.value)} />}
          </Field>
        </div>
        <button type="button" class="button" data-do="flag" disabled={!flag || flag === line?.flag} onClick={() => void mark(flag)}>
          {t("flag.set")}
        </button>
        <button type="button" class="button" disabled={!line?.flag} onClick={() => void mark("")}>
          {t("flag.off")}
        </button>
      </div>
      <Waiting of={loaded} />
      <ul class="stack">
        {(loaded.value?.comments ?? []).map((one) => (
          <li key={one.seq} class="card" style={{ padding: "8px 12px" }}>
            <b>{one.by}</b> <span class="soft num">{moment(one.at)}</span>
            <p>{one.text}</p>
          </li>
        ))}
      </ul>
      <form class="stack" onSubmit={(event) => void say(event)}>
        <Field label={t("comment.new")}>
          {(fid) => <textarea id={fid} class="input" rows={3} data-field="comment" value={text} onInput={(event) => setText(event.currentTarget.value)} />}
        </Field>
        <div>
          <button type="submit" class="button main">
            {t("comment.say")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
