import { signal } from "@preact/signals";

import { t } from "../i18n";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "" | "red";
}

const toasts = signal<readonly Toast[]>([]);
let next = 0;

/** A word at the edge that goes by itself; bad news stays longer. */
export function toast(text: string, tone: Toast["tone"] = ""): void {
  const id = ++next;
  toasts.value = [...toasts.value.slice(-3), { id, text, tone }];
  setTimeout(() => dismiss(id), tone ? 9000 : 4000);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => (
        <div key={one.id} class={`toast ${one.tone}`}>
          <span class="grow">{one.text}</span>
          <button type="button" onClick={() => dismiss(one.id)}>
            {t("close")}
          </button>
        </div>
      ))}
    </div>
  );
}
