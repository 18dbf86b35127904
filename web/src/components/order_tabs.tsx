// The saved views over the orders, in ShipStation's words and order, units before orders.
import type { Count, OrderFilter } from "../api";
import { count, plural } from "../format";
import { ordersAddress } from "../url";
import { countOf, tabs } from "../words";
import { Tabs } from "./tabs";

interface Props {
  filter: OrderFilter;
  counts: Record<string, Count> | undefined;
}

function Counted({ of }: { of: Count }) {
  if (of.units === undefined) return plural(of.orders, "order");
  return (
    <>
      {plural(of.units, "unit")} · {count(of.orders)}
      <span className="visually-hidden"> {of.orders === 1 ? "order" : "orders"}</span>
    </>
  );
}

export function OrderTabs({ filter, counts }: Props) {
  const views = tabs.map(({ key, word }) => {
    const counted = counts && countOf(counts, key);
    return {
      key,
      word,
      href: ordersAddress({ ...filter, status: key }),
      counted: counted && <Counted of={counted} />,
      urgent: key === "needs_attention" && (counted?.orders ?? 0) > 0,
    };
  });
  return <Tabs name="Views" tabs={views} chosen={filter.status} />;
}
