import { get } from "../api/client";
import type { Progress as Data } from "../api/types";
import { number, percent, t } from "../i18n";
import { Meter, useLoaded, Waiting } from "../ui/parts";

/** How far the titles are, and what was done on each day. */
export function Progress() {
  const loaded = useLoaded(() => get<Data>("/api/progress"), []);
  const data = loaded.value;
  if (!data) return <Waiting of={loaded} />;
  const { total } = data;
  const most = Math.max(1, ...data.days.map((day) => day.operations));
  return (
    <div class="sheet">
      <h1>{t("nav.progress")}</h1>
      <div class="tiles">
        <Tile value={number(total.issues)} label={t("progress.issues")} />
        <Tile value={number(total.lines)} label={t("progress.lines")} />
        <Tile value={number(total.corrected)} label={t("progress.corrected")} />
        <Tile value={number(total.done)} label={t("progress.done")} />
        <Tile value={number(total.passed)} label={t("progress.passed")} />
      </div>
      <section class="card stack">
        <h2>{t("progress.titles")}</h2>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">{t("queue.filter.title")}</th>
              <th scope="col">{t("progress.done")}</th>
              <th scope="col" class="right">
                {t("progress.of")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.titles.map((title) => {
              const share = title.issues ? (title.done + title.passed) / title.issues : 0;
              return (
                <tr key={title.name}>
                  <td class="han">{title.name}</td>
                  <td style={{ width: "50%" }}>
                    <Meter value={share} tone="green" label={percent(share)} />
                  </td>
                  <td class="right num">{t("progress.share", { done: title.done, passed: title.passed, n: title.issues })}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <section class="card stack">
        <h2>{t("progress.days")}</h2>
        {data.days.length ? null : <p class="empty">{t("progress.none")}</p>}
        <table class="list">
          <tbody>
            {data.days.map((day) => (
              <tr key={day.date}>
                <td class="num nowrap">{day.date}</td>
                <td style={{ width: "40%" }}>
                  <Meter value={day.operations / most} label={t("progress.day", { n: day.operations })} />
                </td>
                <td class="num">{t("progress.day", { n: day.operations })}</td>
                <td class="soft">{day.users.map((user) => `${user.name} ${number(user.operations)}`).join(t("semicolon"))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

export function Tile({ value, label }: { value: string; label: string }) {
  return (
    <div class="tile">
      <b>{value}</b>
      <span>{label}</span>
    </div>
  );
}
