// A time as people say it, with the whole time in the title.
import { useNow, useZone } from "../clock";
import { ago, fullTime } from "../format";

export function Moment({ at, stepMs = 10_000 }: { at: string; stepMs?: number }) {
  const zone = useZone();
  const now = useNow(stepMs);
  return (
    <time dateTime={at} title={fullTime(at, zone)}>
      {ago(at, now, zone)}
    </time>
  );
}
