// The saved views over the orders, in ShipStation's words and order, units before orders.
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Count, OrderFilter } from "../api";
import { count, plural } from "../format";
import { ordersAddress } from "../url";
import { countOf, tabs } from "../words";

interface Props {
  filter: OrderFilter;
  counts: Record<string, Count> | undefined;
}

function Counted({ of, urgent }: { of: Count; urgent: boolean }) {
  return (
    <span className={urgent ? "tab-count urgent" : "tab-count"}>
      {of.units === undefined ? (
        plural(of.orders, "order")
      ) : (
        <>
          {plural(of.units, "unit")} · {count(of.orders)}
          <span className="visually-hidden"> {of.orders === 1 ? "order" : "orders"}</span>
        </>
      )}
    </span>
  );
}

export function OrderTabs({ filter, counts }: Props) {
  const bar = useRef<HTMLElement>(null);
  const known = counts !== undefined;

  // On a narrow screen the chosen tab may lie outside; the counts make the tabs wider.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both move the chosen tab
  useEffect(() => {
    const chosen = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (chosen) bar.current?.scrollTo({ left: chosen.offsetLeft - 48 });
  }, [filter.status, known]);

  return (
    <nav ref={bar} className="tabs" aria-label="Views">
      {tabs.map(({ key, word }) => {
        const counted = counts && countOf(counts, key);
        return (
          <Link
            key={key}
            href={ordersAddress({ ...filter, status: key })}
            aria-current={filter.status === key ? "true" : undefined}
          >
            <span className="tab-word">{word}</span>
            {counted && (
              <Counted of={counted} urgent={key === "needs_attention" && counted.orders > 0} />
            )}
          </Link>
        );
      })}
    </nav>
  );
}
