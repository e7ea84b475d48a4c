import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import type { Tiles } from "../api/types";
import { t } from "../i18n";
import type { Box } from "./geometry";
import type { Scene } from "./paint";
import { type Handlers, Viewer } from "./viewer";

interface Props {
  tiles: Tiles;
  scene: Scene;
  handlers: Handlers;
  /** Shown whole when the page opens. */
  start?: Box | null;
  /** Kept in sight. */
  follow?: Box | null;
  /** Where it is true, and nothing is followed, the whole page is shown. */
  whole?: boolean;
  /** A picture of the pointer for what a drag would do. */
  cursor?: string;
  children?: ComponentChildren;
  onViewer?: (viewer: Viewer) => void;
}

export function Facsimile({ tiles, scene, handlers, start, follow, whole, cursor, children, onViewer }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const viewer = useRef<Viewer | null>(null);

  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const made = new Viewer(place.current, t("facsimile"));
    viewer.current = made;
    onViewer?.(made);
    return () => {
      viewer.current = null;
      made.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    viewer.current?.open(tiles);
    if (start) viewer.current?.fit(start);
  }, [tiles.url]);

  // At once: what the mouse does is about what is shown now.
  useLayoutEffect(() => {
    if (viewer.current) viewer.current.handlers = handlers;
  });
  useEffect(() => viewer.current?.show(scene), [scene]);
  // With the drawing, not a frame later: whoever asks where things are is told that they move.
  useLayoutEffect(() => {
    if (follow) viewer.current?.reveal(follow);
  }, [follow?.x0, follow?.y0, follow?.x1, follow?.y1, tiles.url]);

  useLayoutEffect(() => {
    if (whole && !follow) viewer.current?.home();
  }, [whole, tiles.url]);

  return (
    <div class="facsimile" data-cursor={cursor ?? ""}>
      <div class="facsimile-page" ref={place} />
      <div class="facsimile-tools" role="toolbar" aria-label={t("facsimile.tools")}>
        {children}
        <button type="button" class="button icon" aria-label={t("zoom.in")} title={t("zoom.in")} onClick={() => viewer.current?.zoom(1.4)}>
          +
        </button>
        <button type="button" class="button icon" aria-label={t("zoom.out")} title={t("zoom.out")} onClick={() => viewer.current?.zoom(1 / 1.4)}>
          −
        </button>
        <button type="button" class="button icon" aria-label={t("zoom.all")} title={t("zoom.all")} onClick={() => viewer.current?.home()}>
          ⤢
        </button>
      </div>
    </div>
  );
}
