/** Double keying: two people type the same lines without seeing each other's; then both are compared. */
import { useRef, useState } from "preact/hooks";

import { at, can, get, post, session } from "../api/client";
import type { KeyingTask, WritingMode } from "../api/types";
import { moment, number, percent, t } from "../i18n";
import { later } from "../lib/dom";
import { link, navigate, pageLink, route } from "../lib/router";
import { performIn } from "../state/history";
import { Field, reasonOf, useLoaded, Waiting } from "../ui/parts";
import { IssueField } from "../ui/IssueField";
import { toast } from "../ui/toast";

export function Keying() {
  const loaded = useLoaded(() => get<{ tasks: KeyingTask[] }>("/api/double-keying"), []);
  const people = useLoaded(() => get<{ people: { name: string; display: string }[] }>("/api/people"), []);
  const [issue, setIssue] = useState("");
  const [lines, setLines] = useState("20");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await post("/api/double-keying", { issue, lines: Number(lines), keyers: [first, second] });
      loaded.reload();
    } catch (problem) {
      toast(reasonOf(problem), "red");
    }
  };
  const choose = (id: string, value: string, change: (name: string) => void) => (
    <select id={id} class="input narrow" required value={value} onChange={(event) => change(event.currentTarget.value)}>
      <option value="" />
      {(people.value?.people ?? []).map((person) => (
        <option key={person.name} value={person.name}>
          {person.display || person.name}
        </option>
      ))}
    </select>
  );
  const me = session.value?.user.name ?? "";
  return (
    <div class="sheet">
      <h1>{t("nav.keying")}</h1>
      <p class="soft">{t("keying.why")}</p>
      {can("review") ? (
        <form class="card row" style={{ alignItems: "end" }} onSubmit={(event) => void make(event)}>
          <div class="grow">
            <IssueField value={issue} change={setIssue} />
          </div>
          <Field label={t("keying.lines")}>
            {(id) => <input id={id} class="input narrow" type="number" min={1} max={500} data-field="lines" value={lines} onInput={(event) => setLines(event.currentTarget.value)} />}
          </Field>
          <Field label={t("keying.first")}>{(id) => choose(id, first, setFirst)}</Field>
          <Field label={t("keying.second")}>{(id) => choose(id, second, setSecond)}</Field>
          <button type="submit" class="button main">
            {t("keying.make")}
          </button>
        </form>
      ) : null}
      <Waiting of={loaded} />
      {loaded.value && !loaded.value.tasks.length ? <p class="empty card">{t("keying.none")}</p> : null}
      <table class="list card">
        <tbody>
          {(loaded.value?.tasks ?? []).map((task) => (
            <tr key={task.id} data-task={task.id}>
              <td>{task.issue}</td>
              <td>{task.keyers.map((name) => `${name} ${number(task.done[name] ?? 0)}/${number(task.lines)}`).join(" · ")}</td>
              <td class="soft num">{moment(task.at)}</td>
              <td class="right">
                {task.keyers.includes(me) ? (
                  <a class="button small" href={link("keying", String(task.id))}>
                    {t("keying.key")}
                  </a>
                ) : null}{" "}
                {can("review") ? (
                  <a class="button small" href={`${link("keying", String(task.id))}?compare=1`}>
                    {t("keying.compare")}
                  </a>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function KeyingTaskView({ id }: { id: string }) {
  return route.value.query.get("compare") ? <Compare id={id} /> : <Key id={id} />;
}

interface KeyLine {
  line: string;
  page: string;
  writing_mode: WritingMode;
  text: string;
}

function Key({ id }: { id: string }) {
  const path = `/api/double-keying/${encodeURIComponent(id)}`;
  const loaded = useLoaded(() => get<{ task: KeyingTask; lines: KeyLine[] }>(path), [id]);
  const data = loaded.value;
  if (!data) return <Waiting of={loaded} />;
  return (
    <div class="sheet narrow">
      <h1>{t("keying.key")}</h1>
      <p class="soft">{t("keying.blind")}</p>
      <ol class="stack wide">
        {data.lines.map((line, i) => (
          <KeyRow key={line.line} line={line} issue={data.task.issue} n={i + 1} path={path} />
        ))}
      </ol>
      <div>
        <button type="button" class="button main" onClick={() => navigate("/app/keying")}>
          {t("keying.finish")}
        </button>
      </div>
    </div>
  );
}

function KeyRow({ line, issue, n, path }: { line: KeyLine; issue: string; n: number; path: string }) {
  const [state, setState] = useState<"" | "saving" | "saved" | "failed">(line.text ? "saved" : "");
  const save = useRef(
    later(async (text: string) => {
      setState("saving");
      try {
        await post(`${path}/key`, { line: line.line, text });
        setState("saved");
      } catch {
        setState("failed");
        save(text);
      }
    }, 500),
  ).current;
  return (
    <li class="card stack" data-line={line.line}>
      <img class="hit-picture" src={at.linePicture(issue, line.line, line.writing_mode === "vertical-rl" ? 34 : 44, 0)} alt={t("line.picture")} />
      <div class="row">
        <input
          class="input han grow"
          aria-label={t("keying.line", { n })}
          value={line.text}
          onInput={(event) => {
            if (!event.isComposing) save(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => save(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing) return;
            event.currentTarget.closest("li")?.nextElementSibling?.querySelector("input")?.focus();
          }}
        />
        <span class={`chip ${state === "saved" ? "green" : state === "failed" ? "red" : ""}`} aria-live="polite">
          {state ? t(`keying.${state}`) : "…"}
        </span>
      </div>
    </li>
  );
}

interface Compared {
  line: string;
  page: string;
  texts: Record<string, string>;
  machine: string;
  current: string;
  version: number;
  same: boolean;
  pieces: [string, string][];
}

function Compare({ id }: { id: string }) {
  const path = `/api/double-keying/${encodeURIComponent(id)}`;
  const loaded = useLoaded(async () => {
    const { tasks } = await get<{ tasks: KeyingTask[] }>("/api/double-keying");
    const found = await get<{ lines: Compared[]; agreement: number; characters: number; differences: number }>(`${path}/compare`);
    return { ...found, task: tasks.find((one) => String(one.id) === id) };
  }, [id]);
  const data = loaded.value;
  if (!data) return <Waiting of={loaded} />;
  const issue = data.task?.issue ?? "";
  const take = async (line: Compared, text: string): Promise<void> => {
    if (await performIn(issue, line.page, [{ type: "set_text", line: line.line, text, bases: { [line.line]: line.version } }])) loaded.reload();
  };
  return (
    <div class="sheet">
      <h1>{t("keying.compare")}</h1>
      <p>{t("keying.agreement", { p: percent(data.agreement, 2), c: data.characters, n: data.differences })}</p>
      <ol class="stack">
        {data.lines
          .filter((line) => !line.same)
          .map((line) => (
            <li key={line.line} class="card stack">
              <img class="hit-picture" src={at.linePicture(issue, line.line, 40, line.version)} alt={t("line.picture")} />
              {Object.entries(line.texts).map(([name, text], side) => (
                <div key={name} class="row">
                  <span class="soft" style={{ minWidth: "90px" }}>
                    {name}
                  </span>
                  <span class="han grow" style={{ fontSize: "18px" }}>
                    {line.pieces.map((piece, i) => (piece[0] === piece[1] ? piece[0] : <ins key={i}>{piece[side] || "∅"}</ins>))}
                  </span>
                  <button type="button" class="button small" disabled={text === line.current} onClick={() => void take(line, text)}>
                    {text === line.current ? t("same") : t("take")}
                  </button>
                </div>
              ))}
              <a href={pageLink(issue, line.page, line.line)}>{t("show.onPage")}</a>
            </li>
          ))}
      </ol>
    </div>
  );
}
