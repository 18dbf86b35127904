// "17612 · 250237": what a line holds. A line without a lot says so.
import type { Line } from "../api";

export function SkuLot({ line }: { line: Line }) {
  return (
    <span className="sku-lot">
      <span className="id">{line.sku}</span>
      {" · "}
      {line.lot ? <span className="id">{line.lot}</span> : <span className="muted">no lot</span>}
    </span>
  );
}
