// Search and filters of the Orders page. What is typed goes into the address a moment later.
import { type RefObject, useEffect, useRef, useState } from "react";
import type { OrderFilter } from "../api";
import { hasFilter } from "../url";
import { sourceWord } from "../words";
import { Icon } from "./icon";

const knownSources = ["X-Cart", "ShipStation Manual"];
const settleMs = 250;

interface Props {
  filter: OrderFilter;
  change: (filter: OrderFilter) => void;
  searchBox: RefObject<HTMLInputElement | null>;
}

// Keeps what is being typed apart from the address, and follows the address when that changes.
function useTyped(value: string, settle: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(settle);
  useEffect(() => {
    latest.current = settle;
  });
  // A space at the end of what is typed is not yet in the address: that is no change of it.
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.trim()), settleMs);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return [typed, setTyped] as const;
}

export function OrderFilters({ filter, change, searchBox }: Props) {
  const [q, setQ] = useTyped(filter.q, (text) => change({ ...filter, q: text }));
  const [sku, setSku] = useTyped(filter.sku, (text) => change({ ...filter, sku: text }));
  const sources =
    knownSources.includes(filter.source) || !filter.source
      ? knownSources
      : [...knownSources, filter.source];
  return (
    <search className="filters">
      <label className="field search-field">
        <Icon name="search" />
        <span className="visually-hidden">Search number, customer or tracking</span>
        <input
          ref={searchBox}
          type="search"
          value={q}
          placeholder="Number, customer, tracking"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQ(event.target.value)}
        />
        <kbd>/</kbd>
      </label>
      <label className="field">
        <span>Source</span>
        <select
          value={filter.source}
          onChange={(event) => change({ ...filter, source: event.target.value })}
        >
          <option value="">Any</option>
          {sources.map((source) => (
            <option key={source} value={source}>
              {sourceWord(source)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>SKU</span>
        <input
          className="id sku-input"
          value={sku}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSku(event.target.value)}
        />
      </label>
      {hasFilter(filter) && (
        <button
          type="button"
          className="button small"
          onClick={() => change({ status: filter.status, q: "", source: "", sku: "" })}
        >
          Clear filters
        </button>
      )}
    </search>
  );
}
