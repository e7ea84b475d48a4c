/** The frame round every view: where one can go, whether all is saved, who one is. */
import { useEffect, useLayoutEffect } from "preact/hooks";

import { can, session } from "./api/client";
import { language, setLanguage, t } from "./i18n";
import { conflicts, recovered, refusals, safe } from "./journal/outbox";
import { register } from "./lib/keys";
import { navigate, route } from "./lib/router";
import { set, settings } from "./state/settings";
import { ConflictDialog } from "./ui/Conflicts";
import { helpOpen, HelpSheet } from "./ui/Help";
import { SaveState } from "./ui/SaveState";
import { SignIn, signOut } from "./ui/SignIn";
import { toast, Toasts } from "./ui/toast";
import { Acceptance, AcceptanceSample } from "./views/Acceptance";
import { Desk } from "./views/Desk";
import { Glossary } from "./views/Glossary";
import { IssueOverview } from "./views/IssueOverview";
import { Keying, KeyingTaskView } from "./views/Keying";
import { People } from "./views/People";
import { Progress } from "./views/Progress";
import { Queue } from "./views/Queue";
import { Reading } from "./views/Reading";
import { Search } from "./views/Search";

export function App() {
  useEffect(() => {
    document.documentElement.lang = language.value === "en" ? "en" : "zh-Hans";
    document.title = `${t("app")} · digitise`;
  }, [language.value]);
  useEffect(() => {
    if (recovered.value) {
      toast(t("journal.recovered", { n: recovered.value }));
      recovered.value = 0;
    }
  }, [recovered.value]);
  useLayoutEffect(
    () =>
      register([
        { id: "help", group: "group.app", label: "help", keys: ["F1", "?"], run: () => (helpOpen.value = !helpOpen.value) },
        { id: "queue", group: "group.app", label: "nav.queue", keys: ["Alt+Q"], run: () => navigate("/") },
        { id: "search", group: "group.app", label: "nav.search", keys: ["Alt+S"], run: () => navigate("/app/search") },
        { id: "language", group: "group.app", label: "language.other", keys: ["Alt+L"], run: otherLanguage },
        { id: "theme", group: "group.app", label: "theme.other", keys: ["Alt+T"], run: otherTheme },
      ]),
    [],
  );
  if (!session.value) return <SignIn />;
  const [view = "queue"] = route.value.parts;
  return (
    <div class="shell">
      <header class="bar">
        <a class="skip" href="#view" onClick={skip}>
          {t("skip")}
        </a>
        <a class="brand" href="/">
          {t("app")}
        </a>
        <nav aria-label={t("nav")}>
          <NavLink to="/" name={t("nav.queue")} on={view === "queue"} />
          <NavLink to="/app/search" name={t("nav.search")} on={view === "search"} />
          <NavLink to="/app/glossary" name={t("nav.glossary")} on={view === "glossary"} />
          <NavLink to="/app/keying" name={t("nav.keying")} on={view === "keying"} />
          {can("review") ? <NavLink to="/app/acceptance" name={t("nav.acceptance")} on={view === "acceptance"} /> : null}
          <NavLink to="/app/progress" name={t("nav.progress")} on={view === "progress"} />
          {can("administer") ? <NavLink to="/app/people" name={t("nav.people")} on={view === "people"} /> : null}
        </nav>
        <span class="grow" />
        {safe.value ? null : <span class="chip red">{t("journal.unsafe")}</span>}
        <SaveState />
        <button type="button" class="button plain" onClick={() => (helpOpen.value = true)} aria-label={t("help")} title={`${t("help")} (F1)`}>
          ?
        </button>
        <button type="button" class="button plain" onClick={otherTheme} aria-label={t("theme.other")} title={t("theme.other")}>
          {isDark() ? "☀" : "☾"}
        </button>
        <button type="button" class="button plain" onClick={otherLanguage} lang={language.value === "en" ? "zh-Hans" : "en"} title={t("language.other")}>
          {language.value === "en" ? "中文" : "English"}
        </button>
        <span class="chip" title={t(roleKey(session.value.user.role))}>
          {session.value.user.display || session.value.user.name}
        </span>
        <button type="button" class="button plain" onClick={() => void signOut()}>
          {t("signOut")}
        </button>
      </header>
      <main class="view" id="view" tabIndex={-1}>
        <View name={view} />
      </main>
      {helpOpen.value ? <HelpSheet /> : null}
      {conflicts.value.length || refusals.value.length ? <ConflictDialog /> : null}
      <Toasts />
    </div>
  );
}

function roleKey(role: string) {
  return role === "administrator" || role === "editor" || role === "corrector" ? (`role.${role}` as const) : "role.reader";
}

function isDark(): boolean {
  void settings.value;
  return document.documentElement.dataset["theme"] === "dark";
}

function otherTheme(): void {
  set({ theme: isDark() ? "light" : "dark" });
}

function otherLanguage(): void {
  setLanguage(language.value === "en" ? "zh" : "en");
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("view")?.focus();
}

function NavLink({ to, name, on }: { to: string; name: string; on: boolean }) {
  return (
    <a href={to} aria-current={on ? "page" : undefined}>
      {name}
    </a>
  );
}

function View({ name }: { name: string }) {
  const [, first = "", second = ""] = route.value.parts;
  switch (name) {
    case "queue":
      return <Queue />;
    case "page":
      return <Desk issueId={first} pageId={second} />;
    case "issue":
      return <IssueOverview key={first} id={first} />;
    case "read":
      return <Reading key={`${first} ${second}`} issueId={first} articleId={second} />;
    case "search":
      return <Search />;
    case "glossary":
      return <Glossary />;
    case "keying":
      return first ? <KeyingTaskView key={first} id={first} /> : <Keying />;
    case "acceptance":
      return first ? <AcceptanceSample key={first} id={first} /> : <Acceptance />;
    case "progress":
      return <Progress />;
    case "people":
      return <People />;
    default:
      return <p class="empty">{t("notFound")}</p>;
  }
}
