// From when the numbers are, and whether they are proven complete.
import type { Proven } from "../api";
import { Badge } from "./badge";
import { Stamp } from "./stamp";

export function AsOf({ of }: { of: Proven }) {
  if (of.reading !== "current") {
    const look = { tone: "warn", icon: "triangle" } as const;
    return of.reading === "never" ? (
      <Badge look={{ ...look, word: "Not read yet" }} title={of.proof} />
    ) : (
      <span className="as-of" title={of.proof}>
        <Badge look={{ ...look, word: "Not read since" }} /> <Stamp at={of.as_of} />
      </span>
    );
  }
  return (
    <span className="as-of">
      <span>
        As of <Stamp at={of.as_of} />
      </span>
      {of.proven ? (
        <Badge look={{ tone: "ok", icon: "check", word: "Proven" }} title={of.proof} />
      ) : (
        <Badge look={{ tone: "warn", icon: "triangle", word: "Not proven" }} title={of.proof} />
      )}
    </span>
  );
}
