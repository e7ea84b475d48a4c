/** The masthead beside its picture, and beside each field what the checks say of it. */

import { at, get } from "../api/client";
import type { Check, MastheadForm as Form, PageView } from "../api/types";
import { around, bounds, grown } from "../facsimile/geometry";
import { language, t, told } from "../i18n";
import { baseOf } from "../journal/outbox";
import { performIn } from "../state/history";
import { openIssue } from "../state/doc";
import { Field, useDraft, useLoaded } from "../ui/parts";

const FIELDS = ["title", "date", "weekday", "lunar_date", "issue_number", "cn", "issn", "postal_code", "publisher"];

export function MastheadForm({ issueId, form, page }: { issueId: string; form: Form; page: string }) {
  const picture = useLoaded(() => mastheadBox(issueId, page), [issueId, page]);
  const save = async (field: string, value: string): Promise<unknown> => {
    // The field left a moment ago may still be on its way.
    const bases = { masthead: baseOf(issueId, "masthead", form.version) };
    const done = await performIn(issueId, page, [{ type: "masthead_set", field, value, bases }]);
    // The checks are the server's.
    await openIssue(issueId);
    return done;
  };
  return (
    <div class="card stack wide">
      {picture.value ? <img class="hit-picture" style={{ maxHeight: "220px", position: "sticky", top: "0", zIndex: 1 }} src={picture.value} alt={t("masthead.picture")} /> : null}
      {FIELDS.map((field) => (
        <Row
          key={field}
          field={field}
          value={form.fields[field] ?? ""}
          checks={form.checks.filter((check) => check.field === field)}
          save={(value) => save(field, value)}
        />
      ))}
    </div>
  );
}

async function mastheadBox(issueId: string, page: string): Promise<string | null> {
  const view = await get<PageView>(at.page(issueId, page));
  const found = Object.values(view.regions).filter((region) => region.kind === "masthead" || view.articles[region.article]?.kind === "masthead");
  if (!found.length) return null;
  const { width, height } = view.page;
  const box = grown(around(found.map((region) => bounds(region.polygon))), width / 100, width, height);
  return at.crop(issueId, page, [box.x0, box.y0, box.x1, box.y1], { width: 1100 });
}

function Row({ field, value, checks, save }: { field: string; value: string; checks: readonly Check[]; save: (value: string) => Promise<unknown> }) {
  const { text, change, done } = useDraft(value, save);
  const bad = checks.some((check) => check.level === "error");
  return (
    <div class="two" style={{ alignItems: "end" }}>
      <Field label={told(`masthead.${field}`)}>
        {(id) => (
          <input
            id={id}
            class="input han"
            data-field={field}
            aria-invalid={bad}
            aria-describedby={`${id}-checks`}
            value={text}
            onInput={(event) => change(event.currentTarget.value)}
            onBlur={done}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.isComposing) done();
            }}
          />
        )}
      </Field>
      <div class="stack" style={{ gap: "4px" }}>
        {checks.map((check) => (
          <span key={check.code} class="row tight">
            <span class={`chip ${check.level === "ok" ? "green" : check.level === "error" ? "red" : "amber"}`}>
              {check.level === "ok" ? <span role="img" aria-label={check[language.value]} title={check[language.value]}>✓</span> : `! ${check[language.value]}`}
            </span>
            {check.suggestion && check.suggestion !== value ? (
              <button type="button" class="button small" onClick={() => void save(check.suggestion)}>
                {t("masthead.take", { text: check.suggestion })}
              </button>
            ) : null}
          </span>
        ))}
      </div>
    </div>
  );
}
