/**
 * Commands and their keys. A view registers what can be done in it; the help sheet is made of the
 * same list. Nothing is taken while an input method is composing.
 */
import { signal } from "@preact/signals";

import type { TextKey } from "../i18n";
import { isMac } from "./dom";

export interface Command {
  readonly id: string;
  readonly group: TextKey;
  readonly label: TextKey;
  /** Such as "Mod+Z", "Alt+ArrowUp", "F2", "j". Mod is Ctrl, on a Mac Command. */
  readonly keys: readonly string[];
  readonly run?: () => void;
  /** Told in the help sheet, acted on elsewhere. */
  readonly shownOnly?: boolean;
}

export const commands = signal<readonly Command[]>([]);

/** For a layout effect: a key pressed right after a view was drawn is meant for it. */
export function register(list: readonly Command[]): () => void {
  commands.value = [...commands.value, ...list];
  return () => {
    commands.value = commands.value.filter((command) => !list.includes(command));
  };
}

export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** The name of what was pressed, in the notation of `Command.keys`. */
export function chord(event: KeyboardEvent): string {
  const parts: string[] = [];
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod) parts.push("Mod");
  if (isMac && event.ctrlKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  const named = event.key.length > 1;
  const plain = !mod && !event.altKey;
  if (event.shiftKey && (named || !plain)) parts.push("Shift");
  // With Alt or Mod the letter on the key counts, not what the layout makes of it.
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code);
  parts.push(!plain && letter ? letter[1]! : event.key === " " ? "Space" : event.key);
  return parts.join("+");
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

/** Enter and the space bar belong to a button or link that has the focus. */
function pressing(target: EventTarget | null, pressed: string): boolean {
  if (pressed !== "Enter" && pressed !== "Space") return false;
  return target instanceof HTMLElement && target.closest("button, a, summary, [role=button]") !== null;
}

/** A key without modifier would be taken from whoever types into a field. */
function isBare(key: string): boolean {
  return !/^(?:Mod|Alt|Ctrl)\+/.test(key) && !/^F\d+$/.test(key);
}

export function listen(): void {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const pressed = chord(event);
    const bare = isBare(pressed);
    if (bare && (typing(event.target) || pressing(event.target, pressed))) return;
    // The latest registered wins: a view's own keys before the app's.
    for (let i = commands.value.length - 1; i >= 0; i--) {
      const command = commands.value[i]!;
      if (command.run && command.keys.includes(pressed)) {
        event.preventDefault();
        command.run();
        return;
      }
    }
  });
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt", Shift: "⇧", Enter: "Enter", Escape: "Esc", Delete: "Del",
};

export function keyName(key: string): string {
  return key
    .split(/\+(?=.)/)
    .map((part) => NAMES[part] ?? part)
    .join(" ");
}
