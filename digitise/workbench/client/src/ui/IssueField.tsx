import { get } from "../api/client";
import type { Queue } from "../api/types";
import { t } from "../i18n";
import { Field, useLoaded } from "./parts";

/** An issue, picked from those there are. */
export function IssueField({ value, change }: { value: string; change: (issue: string) => void }) {
  const loaded = useLoaded(() => get<Queue>("/api/queue", { kind: "issue", limit: 200 }), []);
  const known = [...new Set((loaded.value?.items ?? []).map((item) => item.issue))].sort();
  const all = value && !known.includes(value) ? [value, ...known] : known;
  return (
    <Field label={t("issue")}>
      {(id) => (
        <select id={id} class="input" data-field="issue" required value={value} onChange={(event) => change(event.currentTarget.value)}>
          <option value="" />
          {all.map((issue) => (
            <option key={issue} value={issue}>
              {issue}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
