// From when the numbers are, and whether they are proven complete.
import type { Proven } from "../api";
import { useZone } from "../clock";
import { fullTime, timeWithSeconds } from "../format";
import { Badge } from "./badge";

export function AsOf({ of }: { of: Proven }) {
  const zone = useZone();
  return (
    <span className="as-of">
      <time dateTime={of.as_of} title={fullTime(of.as_of, zone)}>
        As of {timeWithSeconds(of.as_of, zone)}
      </time>
      {of.proven ? (
        <Badge look={{ tone: "ok", icon: "check", word: "Proven" }} title={of.proof} />
      ) : (
        <Badge look={{ tone: "warn", icon: "triangle", word: "Not proven" }} title={of.proof} />
      )}
    </span>
  );
}
