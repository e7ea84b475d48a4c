import { useState } from "preact/hooks";

import { get, post, session } from "../api/client";
import type { Session } from "../api/types";
import { language, setLanguage, t } from "../i18n";
import { flush, start } from "../journal/outbox";
import { Field, reasonOf } from "./parts";

export function SignIn() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await post("/api/sign-in", { name, password });
      session.value = await get<Session>("/api/session");
      await start();
    } catch (problem) {
      setError(reasonOf(problem));
    }
  };
  return (
    <main class="signin">
      <form class="card stack wide" onSubmit={(event) => void enter(event)}>
        <div class="row">
          <h1 class="grow">{t("app")}</h1>
          <button type="button" class="button plain small" onClick={() => setLanguage(language.value === "en" ? "zh" : "en")}>
            {language.value === "en" ? "中文" : "English"}
          </button>
        </div>
        <p class="soft">{t("signIn.why")}</p>
        {error ? (
          <p class="note red" role="alert">
            {error}
          </p>
        ) : null}
        <Field label={t("signIn.name")}>
          {(id) => (
            <input id={id} class="input" autocomplete="username" required value={name} onInput={(event) => setName(event.currentTarget.value)} />
          )}
        </Field>
        <Field label={t("signIn.password")}>
          {(id) => (
            <input
              id={id}
              class="input"
              type="password"
              autocomplete="current-password"
              required
              value={password}
              onInput={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </Field>
        <button type="submit" class="button main">
          {t("signIn")}
        </button>
      </form>
    </main>
  );
}

/** What is typed goes out first: the journal keeps it, but the next person may be another one. */
export async function signOut(): Promise<void> {
  await flush();
  await post("/api/sign-out", {});
  session.value = null;
}
