/** Pieces that every view uses. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

import { NoAnswer } from "../api/client";
import { t } from "../i18n";
import { keyName } from "../lib/keys";

export function Keys({ of }: { of: string }) {
  return <kbd>{keyName(of)}</kbd>;
}

interface DialogProps {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
}

/**
 * A modal window: it has the focus as soon as it is asked for, and gives it back as soon as it is
 * closed. Not a frame later: what is typed meanwhile would go astray.
 */
export function Dialog({ title, wide, onClose, children, footer }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const made = box.current;
    made?.showModal();
    // What is to be filled in comes before the button that closes.
    made?.querySelector<HTMLElement>(".content :is(input, select, textarea):not(:disabled)")?.focus();
    return () => {
      // As long as it is open, nothing outside of it takes the focus.
      made?.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? "wide" : ""}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="frame">
        <header>
          <h2 id={id} class="grow">
            {title}
          </h2>
          <button type="button" class="button plain icon" aria-label={t("close")} onClick={onClose}>
            ✕
          </button>
        </header>
        <div class="content">{children}</div>
        {footer ? <footer>{footer}</footer> : null}
      </div>
    </dialog>
  );
}

interface FieldProps {
  label: string;
  children: (id: string) => ComponentChildren;
}

export function Field({ label, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

export interface Draft {
  readonly text: string;
  readonly change: (text: string) => void;
  readonly done: () => void;
}

/**
 * The text of a field that is saved with Enter or when it is left: once, whichever comes first.
 * What is typed on while it is being saved stays. `save` resolves to nothing where it failed.
 */
export function useDraft(value: string, save: (text: string) => Promise<unknown>): Draft {
  const [text, change] = useState(value);
  /** What the server has, or is being told. */
  const asked = useRef(value);
  useLayoutEffect(() => {
    const before = asked.current;
    asked.current = value;
    change((old) => (old === before ? value : old));
  }, [value]);
  const done = (): void => {
    if (text === asked.current) return;
    asked.current = text;
    void save(text).then((saved) => {
      if (!saved && asked.current === text) asked.current = value;
    });
  };
  return { text, change, done };
}

/** A bar from 0 to 1, told in words to who cannot see it. */
export function Meter({ value, label, tone = "" }: { value: number; label: string; tone?: string }) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (bar.current) bar.current.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
  });
  return (
    <div class={`meter ${tone}`} role="img" aria-label={label}>
      <i ref={bar} />
    </div>
  );
}

export interface Loaded<T> {
  readonly value: T | null;
  readonly error: string;
  readonly reload: () => void;
  readonly set: (value: T) => void;
}

/** What `load` brings, again whenever one of `on` changes. */
export function useLoaded<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [value, set] = useState<T | null>(null);
  const [error, setError] = useState("");
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let live = true;
    load().then(
      (found) => {
        if (!live) return;
        set(() => found);
        setError("");
      },
      (problem: unknown) => live && setError(reasonOf(problem)),
    );
    return () => {
      live = false;
    };
  }, [...on, turn]);
  return { value, error, reload: () => setTurn((old) => old + 1), set: (next) => set(() => next) };
}

export function reasonOf(problem: unknown): string {
  if (problem instanceof NoAnswer) return t("noAnswer");
  return problem instanceof Error ? problem.message : String(problem);
}

/** What stands where something is still loading, or could not be loaded. */
export function Waiting({ of }: { of: Pick<Loaded<unknown>, "value" | "error" | "reload"> }) {
  if (of.error) {
    return (
      <div class="note red row" role="alert">
        <span class="grow">{of.error}</span>
        <button type="button" class="button small" onClick={of.reload}>
          {t("retry")}
        </button>
      </div>
    );
  }
  return of.value === null ? (
    <p class="empty" role="status">
      {t("loading")}
    </p>
  ) : null;
}
