// A state in one or two words, with its shape and colour.
import type { Look } from "../words";
import { Icon } from "./icon";

export function Badge({ look, title }: { look: Look; title?: string }) {
  return (
    <span className={`badge ${look.tone}`} title={title}>
      <Icon name={look.icon} />
      {look.word}
    </span>
  );
}
