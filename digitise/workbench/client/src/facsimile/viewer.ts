/** The page as a picture one can go deep into: OpenSeadragon with a canvas over it. */
import OpenSeadragon from "openseadragon";

import type { Point, Tiles } from "../api/types";
import { eachFrame } from "../lib/dom";
import type { Box } from "./geometry";
import { EMPTY, paint, type Scene, type View } from "./paint";

export interface Handlers {
  hover?: (at: Point | null) => void;
  click?: (at: Point, keys: { shift: boolean; mod: boolean }) => void;
  /** True takes the drag away from the page: it will not be panned. */
  press?: (at: Point, reach: number) => boolean;
  drag?: (at: Point) => void;
  release?: () => void;
}

/**
 * OpenSeadragon puts a style element in the page unless one with this mark is there, which the
 * page's security policy refuses. An element of no namespace bears the mark and styles nothing;
 * what it would have said (no outline round the picture) is in our style sheet.
 */
function withoutInlineStyle(): void {
  const mark = "data-openseadragon-mobile-css";
  if (document.querySelector(`style[${mark}]`)) return;
  const empty = document.createElementNS(null, "style");
  empty.setAttribute(mark, "");
  document.head.append(empty);
}

export class Viewer {
  handlers: Handlers = {};
  private readonly osd: OpenSeadragon.Viewer;
  private readonly canvas: HTMLCanvasElement;
  private scene: Scene = EMPTY;
  private taken = false;
  private opened = "";
  private afterOpen: (() => void)[] = [];
  private readonly watch: ResizeObserver;

  constructor(place: HTMLElement, label: string) {
    withoutInlineStyle();
    this.osd = new OpenSeadragon.Viewer({
      element: place,
      drawer: ["canvas"],
      showNavigationControl: false,
      showNavigator: false,
      animationTime: 0.35,
      springStiffness: 9,
      minZoomImageRatio: 0.8,
      maxZoomPixelRatio: 3,
      visibilityRatio: 0.3,
      zoomPerScroll: 1.25,
      // Slow hands click as well; one who moves meanwhile drags.
      clickTimeThreshold: 5000,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, pinchRotate: false },
      imageLoaderLimit: 4,
      // A tile of a large page on a busy machine takes its time; milliseconds.
      timeout: 120_000,
    });
    this.osd.canvas.setAttribute("aria-label", label);
    this.osd.canvas.setAttribute("role", "application");
    this.canvas = document.createElement("canvas");
    this.canvas.className = "overlay";
    this.canvas.setAttribute("aria-hidden", "true");
    place.append(this.canvas);
    this.wire();
    this.watch = new ResizeObserver(() => this.redraw());
    this.watch.observe(place);
  }

  private wire(): void {
    const { osd } = this;
    osd.addHandler("update-viewport", () => this.draw());
    osd.addHandler("open", () => {
      const waiting = this.afterOpen;
      this.afterOpen = [];
      waiting.forEach((run) => run());
      this.redraw();
    });
    osd.addHandler("canvas-key", (event) => {
      const key = (event.originalEvent as KeyboardEvent).key;
      // Turning and mirroring would only be hit by mistake; our own keys are elsewhere.
      if (key.length === 1 && !"+-=0".includes(key)) event.preventDefaultAction = true;
    });
    osd.addHandler("canvas-click", (event) => {
      if (!event.quick) return;
      const original = event.originalEvent as MouseEvent;
      this.handlers.click?.(this.point(event.position), {
        shift: original.shiftKey,
        mod: original.ctrlKey || original.metaKey,
      });
    });
    osd.addHandler("canvas-press", (event) => {
      this.taken = this.handlers.press?.(this.point(event.position), 12 / this.view().scale) ?? false;
    });
    osd.addHandler("canvas-drag", (event) => {
      if (!this.taken) return;
      event.preventDefaultAction = true;
      this.handlers.drag?.(this.point(event.position));
    });
    osd.addHandler("canvas-release", () => {
      if (this.taken) this.handlers.release?.();
      this.taken = false;
    });
    osd.addHandler("canvas-exit", () => this.handlers.hover?.(null));
    const moved = eachFrame((x: number, y: number) => {
      if (!this.taken) this.handlers.hover?.(this.point(new OpenSeadragon.Point(x, y)));
    });
    osd.canvas.addEventListener("pointermove", (event) => {
      const frame = osd.canvas.getBoundingClientRect();
      moved(event.clientX - frame.left, event.clientY - frame.top);
    });
  }

  open(tiles: Tiles): void {
    if (this.opened === tiles.url) return;
    this.opened = tiles.url;
    this.afterOpen = [];
    this.osd.open({
      width: tiles.width,
      height: tiles.height,
      tileSize: tiles.tileSize,
      tileOverlap: tiles.overlap,
      minLevel: tiles.minLevel,
      maxLevel: tiles.maxLevel,
      getTileUrl: (level: number, x: number, y: number) =>
        tiles.url.replace("{level}", `${level}`).replace("{x}", `${x}`).replace("{y}", `${y}`),
    } as unknown as OpenSeadragon.TileSourceSpecifier);
  }

  private get ready(): boolean {
    return this.osd.world.getItemCount() > 0;
  }

  private whenOpen(run: () => void): void {
    if (this.ready) run();
    else this.afterOpen.push(run);
  }

  private view(): View {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const item = this.osd.world.getItemAt(0);
    if (!item) return { scale: 1, dx: 0, dy: 0, width, height };
    const a = item.imageToViewerElementCoordinates(new OpenSeadragon.Point(0, 0));
    const b = item.imageToViewerElementCoordinates(new OpenSeadragon.Point(1000, 0));
    return { scale: (b.x - a.x) / 1000, dx: a.x, dy: a.y, width, height };
  }

  private point(at: OpenSeadragon.Point): Point {
    const { scale, dx, dy } = this.view();
    return [(at.x - dx) / scale, (at.y - dy) / scale];
  }

  /** Where a point of the page is on the screen; null as long as it does not stand still. */
  screen([x, y]: Point): Point | null {
    const { viewport } = this.osd;
    const moved = this.ready ? viewport.getCenter(true).minus(viewport.getCenter(false)) : null;
    if (!moved || Math.abs(moved.x) + Math.abs(moved.y) > 1e-4) return null;
    if (Math.abs(viewport.getZoom(true) / viewport.getZoom(false) - 1) > 1e-3) return null;
    const { scale, dx, dy } = this.view();
    const frame = this.canvas.getBoundingClientRect();
    return [frame.left + x * scale + dx, frame.top + y * scale + dy];
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.redraw();
  }

  private readonly redraw = eachFrame(() => this.draw());

  private draw(): void {
    const ratio = window.devicePixelRatio || 1;
    const { canvas } = this;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const pen = canvas.getContext("2d");
    if (!pen || !this.ready) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(pen, this.scene, this.view());
  }

  /** Brings `box` into sight: moves no more than is needed, and closer only when it is tiny. */
  reveal(box: Box, least = 12): void {
    this.whenOpen(() => {
      const item = this.osd.world.getItemAt(0);
      const viewport = this.osd.viewport;
      if (!item) return;
      const { scale, width, height } = this.view();
      const thin = Math.min(box.x1 - box.x0, box.y1 - box.y0) * scale;
      const [left, top] = [box.x0 * scale + this.view().dx, box.y0 * scale + this.view().dy];
      const [w, h] = [(box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale];
      const inSight = left >= 8 && top >= 30 && left + w <= width - 8 && top + h <= height - 30;
      if (inSight && thin >= least) return;
      const fit = Math.min(22 / Math.max(thin, 0.1), (width - 40) / Math.max(w, 1), (height - 40) / Math.max(h, 1));
      if (thin < least ? fit > 1.05 : fit < 0.95 && w > width && h > height) viewport.zoomBy(fit);
      viewport.panTo(this.keptOnPage(item.imageToViewportCoordinates((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)));
      viewport.applyConstraints();
    });
  }

  /** The middle of the view nearest to `middle` that shows little of what is beside the page. */
  private keptOnPage(middle: OpenSeadragon.Point): OpenSeadragon.Point {
    const item = this.osd.world.getItemAt(0);
    const size = item?.getContentSize();
    if (!size) return middle;
    const view = this.osd.viewport.getBounds(false);
    const kept = (at: number, seen: number, whole: number): number => {
      const room = seen / 2 - 0.03;
      return room * 2 >= whole ? whole / 2 : Math.min(Math.max(at, room), whole - room);
    };
    return new OpenSeadragon.Point(kept(middle.x, view.width, 1), kept(middle.y, view.height, size.y / size.x));
  }

  fit(box: Box): void {
    this.whenOpen(() => {
      const item = this.osd.world.getItemAt(0);
      if (!item) return;
      const frame = item.imageToViewportRectangle(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
      this.osd.viewport.fitBoundsWithConstraints(frame);
    });
  }

  home(): void {
    this.whenOpen(() => this.osd.viewport.goHome());
  }

  /** The part of the page that is in sight, in its pixels. */
  inSight(): Box | null {
    if (!this.ready) return null;
    const { scale, dx, dy, width, height } = this.view();
    return { x0: -dx / scale, y0: -dy / scale, x1: (width - dx) / scale, y1: (height - dy) / scale };
  }

  zoom(factor: number): void {
    this.osd.viewport.zoomBy(factor);
    this.osd.viewport.applyConstraints();
  }

  destroy(): void {
    this.watch.disconnect();
    this.osd.destroy();
    this.canvas.remove();
  }
}
