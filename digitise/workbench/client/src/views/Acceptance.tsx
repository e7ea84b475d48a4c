/** 抽样验收: a random sample is looked at, and the rate of errors it shows decides. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { at, get, post } from "../api/client";
import type { Sample, SampleLine } from "../api/types";
import { moment, number, percent, t, told } from "../i18n";
import { points } from "../lib/dom";
import { register } from "../lib/keys";
import { link, navigate, pageLink, route } from "../lib/router";
import { Field, reasonOf, useLoaded, Waiting } from "../ui/parts";
import { IssueField } from "../ui/IssueField";
import { toast } from "../ui/toast";
import { Tile } from "./Progress";

export function Acceptance() {
  const issueId = route.value.query.get("issue") ?? "";
  const loaded = useLoaded(() => get<{ samples: Sample[] }>("/api/acceptance", { issue: issueId }), [issueId]);
  const [issue, setIssue] = useState(issueId);
  const [characters, setCharacters] = useState("2000");
  const [wanted, setWanted] = useState("10000");
  const draw = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      const body = { issue, characters: Number(characters), wanted: 1 / Number(wanted), level: 0.95 };
      const { sample } = await post<{ sample: Sample }>("/api/acceptance", body);
      navigate(link("acceptance", String(sample.id)));
    } catch (problem) {
      toast(reasonOf(problem), "red");
    }
  };
  return (
    <div class="sheet">
      <h1>{t("nav.acceptance")}</h1>
      <p class="soft">{t("acceptance.why")}</p>
      <form class="card row" style={{ alignItems: "end" }} onSubmit={(event) => void draw(event)}>
        <div class="grow">
          <IssueField value={issue} change={setIssue} />
        </div>
        <Field label={t("acceptance.characters")}>
          {(id) => <input id={id} class="input narrow" type="number" min={50} max={1000000} data-field="characters" value={characters} onInput={(event) => setCharacters(event.currentTarget.value)} />}
        </Field>
        <Field label={t("acceptance.wanted")}>
          {(id) => <input id={id} class="input narrow" type="number" min={10} value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />}
        </Field>
        <button type="submit" class="button main">
          {t("acceptance.draw")}
        </button>
      </form>
      <Waiting of={loaded} />
      <table class="list card">
        <tbody>
          {(loaded.value?.samples ?? []).map((sample) => (
            <tr key={sample.id}>
              <td>
                <a href={link("acceptance", String(sample.id))}>{sample.issue}</a>
              </td>
              <td class="num soft">{moment(sample.at)}</td>
              <td>{sample.by}</td>
              <td class="num">{t("acceptance.errors", { n: sample.errors, c: sample.characters })}</td>
              <td>
                <Verdict sample={sample} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Verdict({ sample }: { sample: Sample }) {
  if (sample.decision) return <span class={`chip ${sample.decision === "pass" ? "green" : "red"}`}>{told(`decision.${sample.decision}`)}</span>;
  const tone = sample.verdict === "meets" ? "green" : sample.verdict === "fails" ? "red" : "amber";
  return <span class={`chip ${tone}`}>{told(`verdict.${sample.verdict}`)}</span>;
}

export function AcceptanceSample({ id }: { id: string }) {
  const loaded = useLoaded(() => get<{ sample: Sample; lines: SampleLine[] }>(`/api/acceptance/${encodeURIComponent(id)}`), [id]);
  const [chosen, setChosen] = useState(0);
  const [note, setNote] = useState("");
  const data = loaded.value;
  const latest = useRef(data);
  latest.current = data;
  const place = useRef(chosen);
  place.current = chosen;

  const mark = async (i: number, marks: number[] | null): Promise<void> => {
    const now = latest.current;
    const line = now?.lines[i];
    if (!now || !line || now.sample.decision) return;
    const errors = marks === null ? null : marks.length;
    const lines = now.lines.map((one, j) => (j === i ? { ...one, errors, marks: marks ?? [] } : one));
    loaded.set({ ...now, lines });
    try {
      const { sample } = await post<{ sample: Sample }>(`/api/acceptance/${encodeURIComponent(id)}/mark`, { line: line.line, errors, marks: marks ?? [] });
      const later = latest.current;
      if (later) loaded.set({ ...later, sample });
    } catch (problem) {
      toast(reasonOf(problem), "red");
      loaded.reload();
    }
  };
  const decide = async (decision: "pass" | "return"): Promise<void> => {
    try {
      await post(`/api/acceptance/${encodeURIComponent(id)}/decide`, { decision, note });
      loaded.reload();
    } catch (problem) {
      toast(reasonOf(problem), "red");
    }
  };
  useLayoutEffect(
    () =>
      register([
        { id: "s.right", group: "group.acceptance", label: "acceptance.right", keys: ["Enter", "Space"], run: () => {
          const i = place.current;
          void mark(i, latest.current?.lines[i]?.marks ?? []);
          setChosen(Math.min((latest.current?.lines.length ?? 1) - 1, i + 1));
        } },
        { id: "s.down", group: "group.acceptance", label: "queue.down", keys: ["j", "ArrowDown"], run: () => setChosen((old) => Math.min((latest.current?.lines.length ?? 1) - 1, old + 1)) },
        { id: "s.up", group: "group.acceptance", label: "queue.up", keys: ["k", "ArrowUp"], run: () => setChosen((old) => Math.max(0, old - 1)) },
      ]),
    [],
  );
  useEffect(() => {
    document.querySelector(`[data-row="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (!data) return <Waiting of={loaded} />;
  const { sample, lines } = data;
  return (
    <div class="sheet">
      <div class="row">
        <h1 class="grow">{t("acceptance.title", { issue: sample.issue })}</h1>
        <a class="button" href={`/acceptance/${encodeURIComponent(id)}/record`} target="_blank" rel="noopener">
          {t("acceptance.record")}
        </a>
      </div>
      <div class="tiles">
        <Tile value={percent(sample.rate, 4)} label={t("acceptance.rate")} />
        <Tile value={`${percent(sample.interval[0], 3)} – ${percent(sample.interval[1], 3)}`} label={t("acceptance.interval", { p: percent(sample.level) })} />
        <Tile value={percent(sample.wanted, 4)} label={t("acceptance.limit")} />
        <Tile value={`${number(sample.looked_at)} / ${number(sample.lines)}`} label={t("acceptance.looked")} />
      </div>
      <div class="row">
        <Verdict sample={sample} />
        <span class="soft grow">{t("acceptance.needed", { n: sample.needed })}</span>
      </div>
      <p class="soft no-print">{t("acceptance.how")}</p>
      <ol class="stack">
        {lines.map((line, i) => (
          <li key={line.line} data-row={i} data-line={line.line} class="card row" aria-current={i === chosen ? "true" : undefined} style={{ borderColor: i === chosen ? "var(--accent)" : "", padding: "10px" }}>
            <div class="grow stack" style={{ gap: "4px" }}>
              <img class="hit-picture" loading="lazy" src={at.linePicture(sample.issue, line.line, line.writing_mode === "vertical-rl" ? 32 : 40, line.version)} alt={t("line.picture")} />
              <span class="han" style={{ fontSize: "20px" }}>
                {points(line.text).map((char, p) => {
                  const on = line.marks.includes(p);
                  return (
                    <button
                      key={p}
                      type="button"
                      class={on ? "c-at" : ""}
                      style={{ border: "0", background: on ? "var(--red-wash)" : "transparent", padding: "0 1px", cursor: "pointer", font: "inherit" }}
                      aria-pressed={on}
                      disabled={sample.decision !== ""}
                      tabIndex={i === chosen ? 0 : -1}
                      onClick={(event) => {
                        // After a click of the mouse, Enter is for the whole line again.
                        if (event.detail) event.currentTarget.blur();
                        setChosen(i);
                        void mark(i, on ? line.marks.filter((one) => one !== p) : [...line.marks, p].sort((a, b) => a - b));
                      }}
                    >
                      {char}
                    </button>
                  );
                })}
              </span>
            </div>
            <span class={`chip ${line.errors === null ? "" : line.errors ? "red" : "green"}`}>
              {line.errors === null ? t("acceptance.notYet") : line.errors ? t("acceptance.found", { n: line.errors }) : `✓ ${t("acceptance.rightLine")}`}
            </span>
            <button type="button" class="button small" data-do="right" disabled={sample.decision !== ""} onClick={() => void mark(i, line.marks)}>
              {t("acceptance.right")}
            </button>
            <a href={pageLink(sample.issue, line.page, line.line)}>{t("show.onPage")}</a>
          </li>
        ))}
      </ol>
      {sample.decision ? (
        <p class="note green">{t("acceptance.decided", { by: sample.decided_by, at: moment(sample.decided_at), what: told(`decision.${sample.decision}`) })}</p>
      ) : (
        <div class="card row" style={{ alignItems: "end" }}>
          <div class="grow">
            <Field label={t("note")}>{(fid) => <input id={fid} class="input" value={note} onInput={(event) => setNote(event.currentTarget.value)} />}</Field>
          </div>
          <button type="button" class="button danger" data-do="return" onClick={() => void decide("return")}>
            {t("acceptance.return")}
          </button>
          <button type="button" class="button main" data-do="pass" onClick={() => void decide("pass")}>
            {t("acceptance.pass")}
          </button>
        </div>
      )}
    </div>
  );
}
