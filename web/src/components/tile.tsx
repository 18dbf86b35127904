// One figure of the day: its value with the unit, what explains it, from when it is and whether it
// is proven.
import { Link } from "wouter";
import type { Tile as Figure } from "../api";
import { serverNow, useZone } from "../clock";
import { count, duration, stamp } from "../format";
import { Icon } from "./icon";

// Minutes read better as a span: 75 → "1 h 15 min".
function value(figure: Figure, number: number): string {
  return figure.unit?.startsWith("minute") ? duration(number * 60_000) : count(number);
}

export function Tile({ figure }: { figure: Figure }) {
  const zone = useZone();
  const { label, link, second, difference } = figure;
  const compared = second !== null && difference !== null;
  const unit = figure.unit && !figure.unit.startsWith("minute") ? figure.unit : null;
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
          {value(figure, second)} {figure.second_label}
        </span>
      )}
      {compared && difference !== 0 && (
        <span className="tile-difference">
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
        {figure.proven ? "Proven" : "Not proven"}, as of {stamp(figure.as_of, serverNow(), zone)}
      </span>
    </section>
  );
}
