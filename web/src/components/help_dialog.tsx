// Which keys work here, and how the reader wants the pages to look.
import { useLocation } from "wouter";
import type { Bootstrap } from "../api";
import { type ShortcutHelp, shortcutsAt } from "../shortcuts";
import { Dialog } from "./dialog";
import { DisplayChoices } from "./display_choices";

function Keys({ title, of }: { title: string; of: ShortcutHelp[] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {of.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function HelpDialog({ close, about }: { close: () => void; about: Bootstrap | undefined }) {
  const [path] = useLocation();
  const { here, everywhere } = shortcutsAt(path);
  return (
    <Dialog title="Keyboard and display" close={close}>
      <Keys title="On this page" of={here} />
      <Keys title="Everywhere" of={everywhere} />
      <DisplayChoices />
      {about && (
        <p className="meta">
          {about.name} {about.version}, build {about.build}
        </p>
      )}
    </Dialog>
  );
}
