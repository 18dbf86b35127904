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

// Keeps what is being typed apart from the address. The address follows the typing a moment later;
// the field follows the address (back, a link, "Clear filters") unless someone is typing in it.
function useTyped(value: string, settle: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  const pending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(settle);
  useEffect(() => {
    latest.current = settle;
  });
  useEffect(() => {
    // A space at the end of what is typed is not in the address: that is no change of it.
    if (!pending.current) setTyped((now) => (now.trim() === value ? now : value));
  }, [value]);
  useEffect(() => () => clearTimeout(pending.current), []);

  const type = (text: string) => {
    setTyped(text);
    clearTimeout(pending.current);
    pending.current = setTimeout(() => {
      pending.current = undefined;
      latest.current(text.trim());
    }, settleMs);
  };
  return [typed, type] as const;
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
