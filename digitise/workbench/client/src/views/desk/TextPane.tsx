import { useLayoutEffect } from "preact/hooks";

import { number, t } from "../../i18n";
import { current, doubtCount, walk } from "../../state/cursor";
import { register } from "../../lib/keys";
import { order, places } from "../../state/doc";
import { mergeLine, removeLine, splitLine } from "../../state/repair";
import { set, settings } from "../../state/settings";
import { LineList } from "../../text/LineList";
import { Keys } from "../../ui/parts";

/** The text of the page, line by line. */
export function TextPane() {
  const left = doubtCount.value;
  useLayoutEffect(
    () =>
      register([
        { id: "t.walk", group: "group.text", label: "key.walk", keys: ["Tab", "Shift+Tab"], shownOnly: true },
        { id: "t.pick", group: "group.text", label: "key.pick", keys: ["1", "…", "9"], shownOnly: true },
        { id: "t.ask", group: "group.text", label: "key.ask", keys: ["F9"], shownOnly: true },
        { id: "t.right", group: "group.text", label: "key.right", keys: ["Space"], shownOnly: true },
        { id: "t.confirm", group: "group.text", label: "key.confirm", keys: ["Enter"], shownOnly: true },
        { id: "t.lines", group: "group.text", label: "key.lines", keys: ["ArrowUp", "ArrowDown"], shownOnly: true },
        { id: "t.ends", group: "group.text", label: "key.ends", keys: ["Mod+Home", "Mod+End"], shownOnly: true },
        { id: "t.leave", group: "group.text", label: "key.leave", keys: ["Escape"], shownOnly: true },
        { id: "t.split", group: "group.text", label: "line.split", keys: ["Alt+Enter"], run: splitLine },
        { id: "t.merge", group: "group.text", label: "line.merge", keys: ["Alt+J"], run: mergeLine },
        { id: "t.delete", group: "group.text", label: "line.delete", keys: ["Alt+Delete"], run: () => removeLine(current.peek()) },
      ]),
    [],
  );
  const place = places.value.get(current.value);
  return (
    <section class="pane" aria-label={t("mode.text")}>
      {order.value.length ? <LineList /> : <p class="empty grow">{t("lines.none")}</p>}
      <footer class="pane-foot">
        <span class="num">{t("line.place", { n: number((place ?? -1) + 1), total: number(order.value.length) })}</span>
        <button type="button" class="button small" data-doubts={left} onClick={() => walk(1)}>
          {left ? t("doubts.left", { n: left }) : t("doubts.none")}
        </button>
        <span class="hint grow">
          <Keys of="Tab" /> {t("hint.tab")} <Keys of="Enter" /> {t("hint.enter")} <Keys of="F1" /> {t("help")}
        </span>
        <button type="button" class="button small icon" aria-label={t("text.smaller")} onClick={() => set({ textSize: Math.max(14, settings.value.textSize - 2) })}>
          A−
        </button>
        <button type="button" class="button small icon" aria-label={t("text.larger")} onClick={() => set({ textSize: Math.min(44, settings.value.textSize + 2) })}>
          A+
        </button>
      </footer>
    </section>
  );
}
