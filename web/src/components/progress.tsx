// How far something is: a bar, and the same in words.
import { count } from "../format";

interface Props {
  name: string;
  done: number;
  total: number | null;
  phase: string | null;
}

export function Progress({ name, done, total, phase }: Props) {
  const label = total ? `${count(done)} of ${count(total)}` : done > 0 ? count(done) : "";
  return (
    <div className="progress">
      <progress aria-label={name} value={total ? done : undefined} max={total || undefined} />
      <span className="meta">{[phase, label].filter(Boolean).join(" · ") || "Working"}</span>
    </div>
  );
}
