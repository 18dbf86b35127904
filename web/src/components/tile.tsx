// One figure of the day: its value with the unit, what explains it, from when it is and whether it
// is proven.
import { Link } from "wouter";
import type { Tile as Figure } from "../api";
import { serverNow, useZone } from "../clock";
import { count, duration, stamp } from "../format";
import { Icon } from "./icon";

// Minutes are an age and read better as one: 75 → "1 h 15 min ago".
function value(figure: Figure, number: number): string {
  if (figure.unit !== "minutes") return count(number);
  return number === 0 ? "just now" : `${duration(number * 60_000)} ago`;
}

// "units", and "unit" for one.
function counted(word: string | null, number: number | null): string {
  if (!word || word === "minutes") return "";
  return number === 1 ? word.replace(/s$/, "") : word;
}

// What the figure is worth, in a few words; the proof in full is its tooltip.
function standing({ reading, proven }: Figure, at: string): string {
  if (reading === "never") return "Not read yet";
  if (reading !== "current") return `Not read since ${at}`;
  return `${proven ? "Proven" : "Not proven"}, as of ${at}`;
}

export function Tile({ figure }: { figure: Figure }) {
  const zone = useZone();
  const { label, link, second, difference } = figure;
  const compared = second !== null && difference !== null;
  const unit = counted(figure.unit, compared ? second : figure.value);
  return (
    <section className="card figure tile" aria-label={label}>
      <h2 className="label">{link ? <Link href={link}>{label}</Link> : label}</h2>
      <b>
        {figure.value === null ? "–" : value(figure, figure.value)}
        {compared && <span className="second"> / {value(figure, second)}</span>}
        {unit && <span className="unit"> {unit}</span>}
      </b>
      {second !== null && (
        <span className="meta">
          {value(figure, second)} {counted(figure.second_label, second)}
        </span>
      )}
      {compared && difference !== 0 && (
        <span className={figure.proven ? "tile-difference" : "tile-difference unexplained"}>
          {count(Math.abs(difference))} {difference > 0 ? "fewer here" : "more here"}
        </span>
      )}
      {figure.because.map((cause) => (
        <span key={cause} className="meta">
          {cause}
        </span>
      ))}
      <span className="meta tile-proof" title={figure.proof}>
        <Icon name={figure.proven ? "check" : "triangle"} />
        {standing(figure, stamp(figure.as_of, serverNow(), zone))}
      </span>
    </section>
  );
}
