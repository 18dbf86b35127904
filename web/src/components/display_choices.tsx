// What a reader may want otherwise: theme, height of rows, single-key shortcuts. Kept in this
// browser only.
import { type Density, type Theme, useDensity, useSingleKeys, useTheme } from "../settings";

const themes: { value: Theme; word: string }[] = [
  { value: "system", word: "As this computer" },
  { value: "light", word: "Light" },
  { value: "dark", word: "Dark" },
];

const densities: { value: Density; word: string }[] = [
  { value: "compact", word: "Compact" },
  { value: "normal", word: "Normal" },
  { value: "comfortable", word: "Comfortable" },
];

interface Choices<Value extends string> {
  legend: string;
  name: string;
  values: { value: Value; word: string }[];
  chosen: Value;
  choose: (value: Value) => void;
}

function Choices<Value extends string>({ legend, name, values, chosen, choose }: Choices<Value>) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {values.map(({ value, word }) => (
        <label className="choice" key={value}>
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => choose(value)}
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
}

export function DisplayChoices() {
  const [theme, setTheme] = useTheme();
  const [density, setDensity] = useDensity();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <>
      <Choices legend="Theme" name="theme" values={themes} chosen={theme} choose={setTheme} />
      <Choices
        legend="Rows of tables"
        name="density"
        values={densities}
        chosen={density}
        choose={setDensity}
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        Shortcuts of a single key
      </label>
    </>
  );
}
