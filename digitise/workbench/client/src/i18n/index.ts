// Every text of the app in both languages, chosen by the browser's and switchable at any time.
import { signal } from "@preact/signals";

import { common } from "./common";
import { editing } from "./editing";
import { managing } from "./managing";
import { repairing } from "./repairing";

export type Language = "en" | "zh";
export type Texts = Readonly<Record<string, readonly [en: string, zh: string]>>;

const TEXTS = { ...common, ...editing, ...repairing, ...managing } as const;
export type TextKey = keyof typeof TEXTS;
export type Params = Readonly<Record<string, string | number>>;

const KEPT = "digitise.language";

function initial(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "zh") return kept;
  for (const name of navigator.languages) {
    if (name.startsWith("zh")) return "zh";
    if (name.startsWith("en")) return "en";
  }
  return "en";
}

export const language = signal<Language>(initial());

export function setLanguage(next: Language): void {
  language.value = next;
  localStorage.setItem(KEPT, next);
}

/** The text of `key`, with `{name}` replaced; in English `{n|one|many}` picks by number. */
export function t(key: TextKey, params: Params = {}): string {
  return fill(TEXTS[key][language.value === "en" ? 0 : 1], params);
}

/** A text whose key is put together; the key itself where there is none. */
export function told(key: string, params: Params = {}): string {
  return key in TEXTS ? t(key as TextKey, params) : key.slice(key.lastIndexOf(".") + 1);
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (whole, name: string, one, many) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one === undefined) return typeof value === "number" ? number(value) : value;
    return Number(value) === 1 ? one : many;
  });
}

export function number(value: number, digits = 0): string {
  const locale = language.value === "en" ? "en" : "zh-Hans";
  return value.toLocaleString(locale, { maximumFractionDigits: digits });
}

export function percent(value: number, digits = 0): string {
  return `${number(value * 100, digits)}%`;
}

/** What tells an issue from another of the same newspaper and day: "scan", "evening"; often nothing. */
export function edition(id: string, title: string, date: string): string {
  const plain = `${title}-${date}`;
  return id.startsWith(`${plain}-`) ? id.slice(plain.length + 1) : "";
}

/** An issue as one calls it. */
export function issueName(id: string, title: string, date: string): string {
  return [title, date, edition(id, title, date)].filter(Boolean).join(" ");
}

export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const locale = language.value === "en" ? "en-GB" : "zh-Hans";
  return at.toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
}
