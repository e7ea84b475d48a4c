/** Talking to the server: one place for addresses, the CSRF token and what can go wrong. */
import { signal } from "@preact/signals";

import { language } from "../i18n";
import type { ApiError, Session } from "./types";

export const session = signal<Session | null>(null);

/** The server said no, and why in both languages. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: ApiError,
  ) {
    super(reason[language.value] || reason.en);
  }
}

/** No answer: the network or the server is down, or took too long. */
export class NoAnswer extends Error {}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export function address(path: string, query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) given.append(name, String(one));
  }
  const text = given.toString();
  return text ? `${path}?${text}` : path;
}

async function ask<T>(path: string, init: RequestInit, seconds: number): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(path, { ...init, signal: stop.signal, credentials: "same-origin" });
    body = await answer.json().catch(() => null);
  } catch (cause) {
    throw new NoAnswer(String(cause));
  } finally {
    clearTimeout(timer);
  }
  if (answer.ok) return body as T;
  const reason = (body as { error?: ApiError } | null)?.error;
  if (answer.status >= 500 && !reason) throw new NoAnswer(`${answer.status}`);
  // The session has ended: what is typed waits in the journal until somebody has signed in again.
  if (answer.status === 401 && reason?.code === "sign-in-needed") session.value = null;
  throw new Refused(answer.status, reason ?? { code: "unknown", en: answer.statusText, zh: answer.statusText });
}

export function get<T>(path: string, query: Query = {}, seconds = 60): Promise<T> {
  return ask<T>(address(path, query), { headers: { Accept: "application/json" } }, seconds);
}

export function post<T>(path: string, body: unknown, seconds = 30): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  const token = session.value?.csrf;
  if (token) headers["X-CSRF-Token"] = token;
  return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) }, seconds);
}

export function can(right: "read" | "correct" | "review" | "administer"): boolean {
  return session.value?.can.includes(right) ?? false;
}

const part = encodeURIComponent;

export const at = {
  issue: (issue: string): string => `/api/issues/${part(issue)}`,
  page: (issue: string, page: string): string => `/api/issues/${part(issue)}/pages/${part(page)}`,
  line: (issue: string, line: string): string => `/api/issues/${part(issue)}/lines/${part(line)}`,
  article: (issue: string, article: string): string => `/api/issues/${part(issue)}/articles/${part(article)}`,
  thumbnail: (issue: string, page: string): string => `/pictures/${part(issue)}/${part(page)}/thumbnail.jpg`,
  linePicture: (issue: string, line: string, size: number, version: number): string =>
    `/pictures/${part(issue)}/${part(line)}/line.png?margin=0.15&size=${size}&v=${version}`,
  crop: (issue: string, page: string, box: readonly number[], size: { width?: number; height?: number }): string =>
    address(`/pictures/${part(issue)}/${part(page)}/crop.png`, { box: box.map(Math.round).join(","), ...size }),
};
