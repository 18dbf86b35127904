// A time to the second, with its date when that is not today.
import { serverNow, useZone } from "../clock";
import { fullTime, stamp } from "../format";

export function Stamp({ at }: { at: string | null | undefined }) {
  const zone = useZone();
  if (!at) return <>–</>;
  return (
    <time dateTime={at} title={fullTime(at, zone)}>
      {stamp(at, serverNow(), zone)}
    </time>
  );
}
