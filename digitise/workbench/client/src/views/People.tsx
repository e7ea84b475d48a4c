import { useState } from "preact/hooks";

import { get, post } from "../api/client";
import { moment, t, told } from "../i18n";
import { Field, reasonOf, useLoaded, Waiting } from "../ui/parts";
import { toast } from "../ui/toast";

interface Person {
  name: string;
  display: string;
  role: string;
  active: boolean;
  last: string;
}

interface Deed {
  id: number;
  at: string;
  by: string;
  address: string;
  action: string;
  detail: unknown;
}

const ROLES = ["reader", "corrector", "editor", "administrator"];

/** Who may sign in as what, and the record of who did what. */
export function People() {
  const people = useLoaded(() => get<{ users: Person[] }>("/api/users"), []);
  const audit = useLoaded(() => get<{ entries: Deed[] }>("/api/audit", { limit: 100 }), []);
  const [name, setName] = useState("");
  const [display, setDisplay] = useState("");
  const [role, setRole] = useState("corrector");
  const [password, setPassword] = useState("");
  const act = async (path: string, body: unknown): Promise<boolean> => {
    try {
      await post(path, body);
      people.reload();
      audit.reload();
      return true;
    } catch (problem) {
      toast(reasonOf(problem), "red");
      return false;
    }
  };
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await act("/api/users", { name, display, role, password })) {
      setName("");
      setDisplay("");
      setPassword("");
    }
  };
  return (
    <div class="sheet">
      <h1>{t("nav.people")}</h1>
      <form class="card row" style={{ alignItems: "end" }} onSubmit={(event) => void add(event)}>
        <Field label={t("signIn.name")}>{(id) => <input id={id} class="input" required value={name} onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        <Field label={t("people.display")}>{(id) => <input id={id} class="input" value={display} onInput={(event) => setDisplay(event.currentTarget.value)} />}</Field>
        <Field label={t("people.role")}>{(id) => <Roles id={id} value={role} change={setRole} />}</Field>
        <Field label={t("signIn.password")}>
          {(id) => <input id={id} class="input" type="password" autocomplete="new-password" required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />}
        </Field>
        <button type="submit" class="button main">
          {t("add")}
        </button>
      </form>
      <Waiting of={people} />
      <table class="list card">
        <thead>
          <tr>
            <th scope="col">{t("signIn.name")}</th>
            <th scope="col">{t("people.display")}</th>
            <th scope="col">{t("people.role")}</th>
            <th scope="col">{t("people.last")}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {(people.value?.users ?? []).map((person) => (
            <tr key={person.name}>
              <td>{person.name}</td>
              <td>{person.display}</td>
              <td>
                <Roles id={`role-${person.name}`} label={t("people.role")} value={person.role} change={(next) => void act(`/api/users/${encodeURIComponent(person.name)}`, { role: next })} />
              </td>
              <td class="soft num">{person.last ? moment(person.last) : "—"}</td>
              <td class="right">
                <button type="button" class="button small" onClick={() => void act(`/api/users/${encodeURIComponent(person.name)}`, { active: !person.active })}>
                  {person.active ? t("people.block") : t("people.unblock")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t("audit")}</h2>
      <Waiting of={audit} />
      <table class="list card">
        <tbody>
          {(audit.value?.entries ?? []).map((entry) => (
            <tr key={entry.id}>
              <td class="num nowrap">{moment(entry.at)}</td>
              <td>{entry.by}</td>
              <td>{entry.action}</td>
              <td class="soft">{typeof entry.detail === "string" ? entry.detail : JSON.stringify(entry.detail)}</td>
              <td class="soft num">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Roles({ id, value, change, label }: { id: string; value: string; change: (role: string) => void; label?: string }) {
  return (
    <select id={id} class="input narrow" aria-label={label} value={value} onChange={(event) => change(event.currentTarget.value)}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {told(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}
