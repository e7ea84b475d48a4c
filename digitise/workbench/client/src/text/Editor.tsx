/**
 * The line being worked on: its picture at reading size, its text, what could stand there instead.
 * One text field that stays the same element from line to line, so that neither the focus nor an
 * input method is ever disturbed.
 */
import { useLayoutEffect, useRef } from "preact/hooks";

import { at, can } from "../api/client";
import type { Line } from "../api/types";
import { number, t, told } from "../i18n";
import { points, pointsBefore, unitsOf } from "../lib/dom";
import { chord, composing } from "../lib/keys";
import { armAt, armed, caret, caretNow, current, doubtsOf, goToLine, type Mark, marksOf, request, stepLine, walk } from "../state/cursor";
import { doc, places, textOf } from "../state/doc";
import { redo, setText, undo } from "../state/history";
import { asking, confirmLine, offers, rightAsIs, takeOffer, useCandidates } from "./offers";
import type { Strip } from "./rows";

interface Props {
  line: Line;
  strip: Strip;
  top: number;
}

/** True while an input method is at work: then nothing is saved and no line is left. */
let busy = false;

export function Editor({ line, strip, top }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const under = useRef<HTMLDivElement>(null);
  const text = textOf(line);
  const now = doc.value;
  useCandidates(line);

  // The field follows the line, but is left alone while somebody composes in it.
  useLayoutEffect(() => {
    const element = field.current;
    if (element && !busy && element.value !== text) {
      const keep = element.selectionStart;
      element.value = text;
      element.setSelectionRange(keep, keep);
    }
  }, [line.id, text]);

  // Before the browser tells of a selection: what it tells would otherwise be of an older one.
  useLayoutEffect(() => {
    const wanted = request.value;
    const element = field.current;
    if (!wanted || !element || wanted.line !== line.id) return;
    request.value = null;
    element.focus({ preventScroll: true });
    const start = unitsOf(element.value, wanted.start);
    element.setSelectionRange(start, unitsOf(element.value, wanted.end));
    caret.value = wanted.start;
  }, [request.value, line.id]);

  const edited = (): void => {
    const element = field.current;
    if (!element) return;
    const clean = element.value.replace(/[\r\n]+/g, "");
    if (clean !== element.value) {
      const keep = element.selectionStart;
      element.value = clean;
      element.setSelectionRange(keep, keep);
    }
    armed.value = null;
    caret.value = pointsBefore(clean, element.selectionStart);
    setText(line.id, clean, true);
  };

  const moved = (): void => {
    const element = field.current;
    if (!element || busy || document.activeElement !== element) return;
    caret.value = pointsBefore(element.value, element.selectionStart);
    const doubt = armed.value;
    if (!doubt) return;
    const start = pointsBefore(element.value, element.selectionStart);
    const end = pointsBefore(element.value, element.selectionEnd);
    if (doubt.start !== start || doubt.end !== end) armed.value = null;
  };

  // A text field tells of a moved cursor by way of the document only.
  useLayoutEffect(() => {
    document.addEventListener("selectionchange", moved);
    return () => document.removeEventListener("selectionchange", moved);
  }, []);

  const marks = marksOf(line, text);
  const spot = marks[Math.min(caret.value, marks.length - 1)]?.box ?? null;
  const place = (places.value.get(line.id) ?? 0) + 1;
  const region = now?.regions[line.region];
  const doubts = doubtsOf(line).length;
  return (
    <div
      class={`editor ${strip.vertical ? "vertical" : ""}`}
      role="listitem"
      aria-setsize={places.value.size}
      aria-posinset={place}
      data-line={line.id}
      style={{ top: `${top}px`, height: `${strip.total}px` }}
    >
      {strip.vertical ? <Offers line={line} /> : <Picture line={line} strip={strip} spot={spot} marks={marks} />}
      <div class="type" style={typeStyle(strip)}>
        <div class="under" ref={under} aria-hidden="true">
          {marks.map((mark, i) => (
            <span key={i} class={mark.kind ? `c-${mark.kind}` : ""}>
              {mark.text}
            </span>
          ))}
          {"\u200b"}
        </div>
        <textarea
          ref={field}
          rows={1}
          maxLength={2000}
          readOnly={!can("correct")}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          lang="zh-Hans"
          aria-label={t("line.label", {
            n: number(place),
            total: number(places.value.size),
            kind: told(`kind.${region?.kind ?? "other"}`),
            doubts,
          })}
          aria-describedby="editor-offers"
          onInput={() => !busy && edited()}
          onCompositionStart={() => {
            busy = true;
          }}
          onCompositionEnd={() => {
            busy = false;
            edited();
          }}
          onBlur={() => {
            if (busy) {
              busy = false;
              edited();
            }
          }}
          onBeforeInput={(event) => onBeforeInput(event as InputEvent)}
          onKeyDown={(event) => onKeyDown(event, strip.vertical)}
          onScroll={(event) => {
            if (under.current) {
              under.current.scrollLeft = event.currentTarget.scrollLeft;
              under.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
        />
      </div>
      {strip.vertical ? <Picture line={line} strip={strip} spot={spot} marks={marks} /> : <Offers line={line} />}
    </div>
  );
}

function typeStyle(strip: Strip) {
  const inset = `${Math.max(0, strip.inset - 2)}px`;
  return {
    fontSize: `${strip.fontSize}px`,
    letterSpacing: `${strip.spacing}px`,
    marginLeft: strip.vertical ? "0" : inset,
    marginTop: strip.vertical ? inset : "0",
  };
}

/** Where the picture of a strip comes from, at the screen's own resolution. */
export function pictureOf(issue: string, line: Line, strip: Strip): string {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const size = strip.vertical ? { width: Math.ceil(strip.width * ratio) } : { height: Math.ceil(strip.height * ratio) };
  return at.crop(issue, line.page, strip.box, size);
}

interface PictureProps {
  line: Line;
  strip: Strip;
  spot: readonly number[] | null;
  marks: readonly Mark[];
}

/** A click on a character in the picture picks it, as one on the page does. */
function Picture({ line, strip, spot, marks }: PictureProps) {
  const issue = doc.value?.issue ?? "";
  const { box, scale } = strip;
  const clicked = (event: MouseEvent): void => {
    event.preventDefault();
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [x, y] = [box[0] + (event.clientX - frame.left) / scale, box[1] + (event.clientY - frame.top) / scale];
    const along = strip.vertical ? y : x;
    const place = marks.findIndex(({ box: of }) => of && along >= of[strip.vertical ? 1 : 0] && along < of[strip.vertical ? 3 : 2]);
    if (place >= 0) armAt(line, place);
  };
  return (
    <div class="strip" style={{ width: `${strip.width}px`, height: `${strip.height}px` }} onMouseDown={clicked}>
      <img src={pictureOf(issue, line, strip)} alt={t("line.picture")} draggable={false} data-line={line.id} />
      {spot ? (
        <i
          style={{
            left: `${(spot[0]! - box[0]) * scale - 3}px`,
            top: `${(spot[1]! - box[1]) * scale - 3}px`,
            width: `${(spot[2]! - spot[0]!) * scale + 6}px`,
            height: `${(spot[3]! - spot[1]!) * scale + 6}px`,
          }}
        />
      ) : null}
    </div>
  );
}

function Offers({ line }: { line: Line }) {
  const list = offers.value;
  const doubt = armed.value;
  const here = doubt?.line === line.id ? doubt : null;
  return (
    <div class="offers" id="editor-offers" role="group" aria-label={t("offers")}>
      {here ? (
        <>
          {list.map((offer, i) => (
            <button key={`${i}${offer.text}`} type="button" class="offer" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={() => takeOffer(i)}>
              <kbd>{i + 1}</kbd>
              <span class="han">{offer.text || "∅"}</span>
              {offer.source === "recogniser" ? null : <span class="chip blue">{told(`source.${offer.source}`)}</span>}
            </button>
          ))}
          {asking.value ? (
            <span class="soft" role="status">
              {t("offers.asking")}
            </span>
          ) : null}
          <button type="button" class="offer" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={rightAsIs}>
            <kbd>{t("key.space")}</kbd>
            {t("offers.right")}
          </button>
        </>
      ) : (
        <span class="soft">
          {doubtsOf(line).length ? t("offers.tab", { n: doubtsOf(line).length }) : t("offers.none")}
        </span>
      )}
    </div>
  );
}

function onBeforeInput(event: InputEvent): void {
  if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
    event.preventDefault();
    (event.inputType === "historyUndo" ? undo : redo)();
    return;
  }
  if (event.inputType === "insertLineBreak" || event.inputType === "insertParagraph") {
    event.preventDefault();
    return;
  }
  // Digits and the space bar answer a doubt. An input method's text comes as a composition, which
  // is not touched; full-width digits and spaces come from one that is switched on but idle.
  if (!armed.value || busy || event.isComposing || event.inputType !== "insertText" || !event.data) return;
  const typed = event.data.normalize("NFKC");
  if (typed === " ") {
    event.preventDefault();
    rightAsIs();
  } else if (/^[1-9]$/.test(typed) && (Number(typed) <= offers.value.length || asking.value)) {
    // A number pressed before the candidates are there waits for them.
    event.preventDefault();
    takeOffer(Number(typed) - 1);
  }
}

function onKeyDown(event: KeyboardEvent, vertical: boolean): void {
  if (composing(event) || busy) return;
  const element = event.currentTarget as HTMLTextAreaElement;
  const pressed = chord(event);
  const next = (step: number): void => {
    const line = stepLine(step);
    if (line && line !== current.value) goToLine(line, caretNow());
  };
  const atStart = element.selectionStart === 0 && element.selectionEnd === 0;
  const atEnd = element.selectionStart === element.value.length;
  const actions: Record<string, (() => void) | undefined> = {
    Tab: () => void walk(1),
    "Shift+Tab": () => void walk(-1),
    Enter: () => confirmLine(1),
    F9: () => askHere(),
    "Shift+Enter": () => next(-1),
    [vertical ? "ArrowLeft" : "ArrowDown"]: () => next(1),
    [vertical ? "ArrowRight" : "ArrowUp"]: () => next(-1),
    PageDown: () => next(10),
    PageUp: () => next(-10),
    "Mod+Home": () => next(-1e6),
    "Mod+End": () => next(1e6),
    Escape: armed.value ? () => (armed.value = null) : () => element.blur(),
  };
  let action = actions[pressed];
  // Off the end of a line the arrow goes on in the next one.
  if (!action && !vertical && pressed === "ArrowRight" && atEnd && stepLine(1) !== current.value) {
    action = () => goToLine(stepLine(1), 0);
  }
  if (!action && !vertical && pressed === "ArrowLeft" && atStart && stepLine(-1) !== current.value) {
    action = () => goToEnd(stepLine(-1));
  }
  if (!action) return;
  event.preventDefault();
  action();
}

/** Picks the character behind the cursor, at the end of the line the last one. */
function askHere(): void {
  const line = doc.value?.lines[current.value];
  const length = line ? points(textOf(line)).length : 0;
  if (line && length) armAt(line, Math.min(caretNow(), length - 1));
}

function goToEnd(id: string): void {
  const line = doc.value?.lines[id];
  if (line) goToLine(id, points(textOf(line)).length);
}
