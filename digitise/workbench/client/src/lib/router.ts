/** Which view is shown is what the address says; links work, and so does the browser's way back. */
import { signal } from "@preact/signals";

export interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

function read(): Route {
  const path = location.pathname.replace(/^\/app\/?/, "/");
  const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  return { parts, query: new URLSearchParams(location.search) };
}

export const route = signal<Route>(read());

export function navigate(path: string, replace = false): void {
  if (path === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", path);
  route.value = read();
}

export function link(...parts: string[]): string {
  return `/app/${parts.map(encodeURIComponent).join("/")}`;
}

export function pageLink(issue: string, page: string, line = "", mode = ""): string {
  const query = new URLSearchParams();
  if (line) query.set("line", line);
  if (mode) query.set("mode", mode);
  const text = query.toString();
  return link("page", issue, page) + (text ? `?${text}` : "");
}

export function follow(): void {
  window.addEventListener("popstate", () => (route.value = read()));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target instanceof Element ? event.target.closest("a") : null;
    if (!target || target.target || target.origin !== location.origin || target.hasAttribute("download")) return;
    if (target.pathname !== "/" && !target.pathname.startsWith("/app")) return;
    event.preventDefault();
    navigate(target.pathname + target.search);
  });
}
