// What the order holds.
import type { Item } from "../api";
import { count, money, plural } from "../format";

interface Props {
  items: Item[];
  units: number;
  total: number | null;
  currency: string | null;
}

export function ItemsCard({ items, units, total, currency }: Props) {
  return (
    <section className="card flush" aria-labelledby="items">
      <div className="card-head">
        <h2 id="items">Items</h2>
        <span className="meta">{plural(units, "unit")}</span>
        {total !== null && <span className="meta push">Order total {money(total, currency)}</span>}
      </div>
      {items.length === 0 ? (
        <p className="quiet-line">No items are known for this order.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">SKU</th>
              <th scope="col">Lot</th>
              <th scope="col">Name</th>
              <th scope="col" className="number">
                Qty
              </th>
              <th scope="col" className="number">
                Unit price
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal in everything
              <tr key={index}>
                <td className="id">{item.sku}</td>
                <td className="id">{item.lot ?? <span className="muted">none</span>}</td>
                <td className="c-name" title={item.name ?? undefined}>
                  {item.name ?? "–"}
                </td>
                <td className="number">{count(item.quantity)}</td>
                <td className="number">
                  {item.unit_price_cents === null ? "–" : money(item.unit_price_cents, currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
