// On or off. It moves only when the server agreed: the page passes what the server last said.
import { useId } from "react";

interface Props {
  name: string; // "ShipStation sync"
  on: boolean;
  busy?: boolean;
  why?: string | null;
  ask: (on: boolean) => void;
}

export function Switch({ name, on, busy = false, why, ask }: Props) {
  const reason = useId();
  const stopped = busy || Boolean(why);
  return (
    <>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={on}
        aria-label={name}
        aria-disabled={stopped || undefined}
        aria-busy={busy || undefined}
        aria-describedby={why ? reason : undefined}
        title={why ?? undefined}
        onClick={() => {
          if (!stopped) ask(!on);
        }}
      >
        <span aria-hidden="true" />
      </button>
      {why && (
        <span id={reason} className="visually-hidden">
          {why}
        </span>
      )}
    </>
  );
}
