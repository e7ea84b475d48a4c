/** What the person likes, kept in this browser. */
import { effect, signal } from "@preact/signals";

export interface Settings {
  readonly theme: "auto" | "light" | "dark";
  readonly textSize: number;
  /** Vertical lines are edited vertically. */
  readonly upright: boolean;
  readonly left: number;
  readonly showRegions: boolean;
  readonly showLines: boolean;
  readonly showOrder: boolean;
  readonly showDoubts: boolean;
}

const FIRST: Settings = {
  theme: "auto", textSize: 22, upright: true, left: 52,
  showRegions: true, showLines: false, showOrder: false, showDoubts: true,
};
const KEPT = "digitise.settings";

function read(): Settings {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Settings>) };
  } catch {
    return FIRST;
  }
}

export const settings = signal<Settings>(read());

export function set(change: Partial<Settings>): void {
  settings.value = { ...settings.value, ...change };
  localStorage.setItem(KEPT, JSON.stringify(settings.value));
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const system = signal(dark.matches);
dark.addEventListener("change", () => (system.value = dark.matches));

effect(() => {
  const { theme, textSize } = settings.value;
  const root = document.documentElement;
  root.dataset["theme"] = theme === "auto" ? (system.value ? "dark" : "light") : theme;
  root.style.setProperty("--text-size", `${textSize}px`);
});
