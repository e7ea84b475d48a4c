import { computed } from "@preact/signals";

import { doc } from "./doc";

/** A colour for each article of the page, in the order they come; furniture has none. */
const hues = computed(() => {
  const now = doc.value;
  const found = new Map<string, number>();
  for (const id of now?.page.order ?? []) {
    const article = now?.regions[id]?.article ?? "";
    if (!article || found.has(article)) continue;
    const kind = now?.articles[article]?.kind;
    found.set(article, kind === "furniture" || kind === "masthead" ? -1 : found.size);
  }
  return found;
});

export function articleHue(article: string): number {
  return hues.value.get(article) ?? -1;
}
