import { signal } from "@preact/signals";

import { t, type TextKey } from "../i18n";
import { type Command, commands } from "../lib/keys";
import { Dialog, Keys } from "./parts";

export const helpOpen = signal(false);

/** Every command that can be given here, with its keys: made of what the views have registered. */
export function HelpSheet() {
  const groups = new Map<TextKey, Command[]>();
  for (const command of commands.value) if (command.group !== "group.hidden") groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return (
    <Dialog wide title={t("help")} onClose={() => (helpOpen.value = false)}>
      <div class="keys">
        {[...groups].reverse().map(([group, list]) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id} style={{ display: "contents" }}>
                  <dt>{t(command.label)}</dt>
                  <dd class="row tight" style={{ justifyContent: "flex-end" }}>
                    {command.keys.map((key) => (
                      <Keys key={key} of={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="soft">{t("help.ime")}</p>
    </Dialog>
  );
}
