// The quiet states of a page or card: nothing known yet, nothing there, something missing.
import type { ReactNode } from "react";
import { Icon } from "./icon";

// Grey lines in a card while nothing is known; the style shows them only after 150 ms.
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div className="card skeleton-card" aria-busy="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <span key={index} />
      ))}
    </div>
  );
}

export function Empty({ good, children }: { good?: boolean; children: ReactNode }) {
  return (
    <div className={good ? "empty good" : "empty"}>
      {good && <Icon name="check" />}
      <p>{children}</p>
    </div>
  );
}

// The answer is there, but not all of it.
export function Partial({ children }: { children: ReactNode }) {
  return (
    <div className="note warn" role="status">
      <Icon name="triangle" />
      <div className="grow">{children}</div>
    </div>
  );
}
