import { useState } from "preact/hooks";

import { can, get, post } from "../api/client";
import type { GlossaryEntry } from "../api/types";
import { moment, t, told } from "../i18n";
import { Field, reasonOf, useLoaded, Waiting } from "../ui/parts";
import { toast } from "../ui/toast";

const KINDS = ["person", "place", "organisation", "other"];

/** Names the paper uses: what they are compared with while reading is corrected. */
export function Glossary() {
  const loaded = useLoaded(() => get<{ entries: GlossaryEntry[] }>("/api/glossary"), []);
  const titles = useLoaded(() => get<{ titles: { name: string }[] }>("/api/queue", { limit: 1 }), []);
  const [term, setTerm] = useState("");
  const [kind, setKind] = useState("person");
  const [note, setNote] = useState("");
  const [title, setTitle] = useState("");
  const [filter, setFilter] = useState("");
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await post("/api/glossary", { title: title || titles.value?.titles[0]?.name || "", term, kind, note });
      setTerm("");
      setNote("");
      loaded.reload();
    } catch (problem) {
      toast(reasonOf(problem), "red");
    }
  };
  const remove = async (id: GlossaryEntry["id"]): Promise<void> => {
    await post("/api/glossary/remove", { id });
    loaded.reload();
  };
  const entries = (loaded.value?.entries ?? []).filter((entry) => !filter || entry.term.includes(filter) || entry.note.includes(filter));
  return (
    <div class="sheet">
      <h1>{t("nav.glossary")}</h1>
      <p class="soft">{t("glossary.why")}</p>
      {can("correct") ? (
        <form class="card row" style={{ alignItems: "end" }} onSubmit={(event) => void add(event)}>
          <Field label={t("glossary.term")}>
            {(id) => <input id={id} class="input han" data-field="term" required maxLength={100} value={term} onInput={(event) => setTerm(event.currentTarget.value)} />}
          </Field>
          <Field label={t("glossary.kind")}>
            {(id) => (
              <select id={id} class="input narrow" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
                {KINDS.map((one) => (
                  <option key={one} value={one}>
                    {told(`glossary.${one}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("queue.filter.title")}>
            {(id) => (
              <select id={id} class="input narrow" value={title} onChange={(event) => setTitle(event.currentTarget.value)}>
                {(titles.value?.titles ?? []).map((one) => (
                  <option key={one.name} value={one.name}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div class="grow">
            <Field label={t("note")}>{(id) => <input id={id} class="input" value={note} onInput={(event) => setNote(event.currentTarget.value)} />}</Field>
          </div>
          <button type="submit" class="button main">
            {t("add")}
          </button>
        </form>
      ) : null}
      <Field label={t("filter")}>{(id) => <input id={id} class="input" type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />}</Field>
      <Waiting of={loaded} />
      {loaded.value && !entries.length ? <p class="empty card">{t("glossary.none")}</p> : null}
      {entries.length ? (
        <table class="list card">
          <thead>
            <tr>
              <th scope="col">{t("glossary.term")}</th>
              <th scope="col">{t("glossary.kind")}</th>
              <th scope="col">{t("note")}</th>
              <th scope="col">{t("by")}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td class="han" style={{ fontSize: "17px" }}>
                  {entry.term}
                </td>
                <td>{told(`glossary.${entry.kind}`)}</td>
                <td>{entry.note}</td>
                <td class="soft">
                  {entry.by} <span class="num">{moment(entry.at)}</span>
                </td>
                <td class="right">
                  {can("correct") ? (
                    <button type="button" class="button small danger" aria-label={t("glossary.remove", { term: entry.term })} onClick={() => void remove(entry.id)}>
                      {t("delete")}
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
