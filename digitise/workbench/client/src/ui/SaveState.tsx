import { signal } from "@preact/signals";

import { moment, number, t } from "../i18n";
import { flush, saveState, waiting } from "../journal/outbox";
import { Dialog } from "./parts";

const open = signal(false);

/** Whether everything is on the server's disk; in words, and read out when it changes. */
export function SaveState() {
  const state = saveState.value;
  const count = waiting.value.length;
  return (
    <>
      <button type="button" class="save" data-state={state} data-waiting={count} aria-live="polite" onClick={() => (open.value = true)}>
        {t(`save.${state}`, { n: number(count) })}
      </button>
      {open.value ? (
        <Dialog
          title={t("save.title")}
          onClose={() => (open.value = false)}
          footer={
            <button type="button" class="button main" disabled={!count} onClick={() => void flush()}>
              {t("save.now")}
            </button>
          }
        >
          <p>{t(`save.${state}.long`)}</p>
          <ul class="stack">
            {waiting.value.slice(0, 100).map((entry) => (
              <li key={entry.id} class="row">
                <span class="soft num">{moment(entry.at)}</span>
                <span class="chip">{entry.issue}</span>
                <span class="han grow">{String(entry.op["text"] ?? entry.op.type)}</span>
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </>
  );
}
