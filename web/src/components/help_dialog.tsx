// Which keys work here, and the switches a reader may want: theme and single-key shortcuts.
import { useLocation } from "wouter";
import type { Bootstrap } from "../api";
import { type Theme, useSingleKeys, useTheme } from "../settings";
import { type ShortcutHelp, shortcutsAt } from "../shortcuts";
import { Dialog } from "./dialog";

const themes: { value: Theme; word: string }[] = [
  { value: "system", word: "As the system" },
  { value: "light", word: "Light" },
  { value: "dark", word: "Dark" },
];

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
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const { here, everywhere } = shortcutsAt(path);
  return (
    <Dialog title="Keyboard and display" close={close}>
      <Keys title="On this page" of={here} />
      <Keys title="Everywhere" of={everywhere} />
      <label className="choice">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        Shortcuts of a single key
      </label>
      <fieldset className="choices">
        <legend>Theme</legend>
        {themes.map(({ value, word }) => (
          <label className="choice" key={value}>
            <input
              type="radio"
              name="theme"
              checked={theme === value}
              onChange={() => setTheme(value)}
            />
            {word}
          </label>
        ))}
      </fieldset>
      {about && (
        <p className="meta">
          {about.name} {about.version}, build {about.build}
        </p>
      )}
    </Dialog>
  );
}
