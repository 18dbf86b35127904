// Ctrl K: pages and actions by name, orders by number, customer or tracking, jobs by number.
import { useQuery } from "@tanstack/react-query";
import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useLocation } from "wouter";
import type { Action } from "../actions";
import { api, type OrderRow } from "../api";
import { plural } from "../format";
import type { PageEntry } from "../navigation";
import { orderAddress, ordersAddress } from "../url";
import { statusLook } from "../words";
import { Icon } from "./icon";

interface Found {
  key: string;
  open: string | (() => void); // an address, or what is done
  word: string;
  hint: string;
}

const settleMs = 200;
const shownOrders = 6;

const allOrders = (q: string) => ({ status: "all", q, source: "", sku: "" });

async function ordersWith(q: string, signal?: AbortSignal): Promise<OrderRow[]> {
  const page = await api.orders(allOrders(q), null, signal);
  return page.items;
}

// The text as it was a moment ago, when nobody types any more.
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function pagesLike(pages: PageEntry[], text: string): Found[] {
  const wanted = text.toLowerCase();
  return pages
    .filter(({ word }) => word.toLowerCase().includes(wanted))
    .map(({ href, word, letter }) => ({
      key: href,
      open: href,
      word,
      hint: letter ? `page · g ${letter}` : "page",
    }));
}

function actionsLike(actions: Action[], text: string): Found[] {
  const wanted = text.toLowerCase();
  return actions
    .filter(({ word }) => word.toLowerCase().includes(wanted))
    .map(({ word, hint, act }) => ({ key: `action ${word}`, open: act, word, hint }));
}

export function objectsLike(orders: OrderRow[], text: string): Found[] {
  // The one with exactly that number first, wherever the list has it: Enter opens the first.
  const exact = orders.filter(({ order_number }) => order_number === text);
  const first = [...exact, ...orders.filter((order) => !exact.includes(order))];
  const found: Found[] = first.slice(0, shownOrders).map((order) => ({
    key: `order ${order.order_number}`,
    open: orderAddress(order.order_number),
    word: order.order_number,
    hint: [statusLook(order.status).word, plural(order.total_items, "unit"), order.customer]
      .filter(Boolean)
      .join(" · "),
  }));
  found.push({
    key: "all",
    open: ordersAddress(allOrders(text)),
    word: `Search all orders for "${text}"`,
    hint: "",
  });
  const job = /^(?:job\s*|#)(\d+)$/i.exec(text)?.[1];
  if (job) found.unshift({ key: `job ${job}`, open: `/jobs/${job}`, word: `Job ${job}`, hint: "" });
  return found;
}

interface Props {
  pages: PageEntry[];
  actions: Action[];
  close: () => void;
}

export function CommandPalette({ pages, actions, close }: Props) {
  const [, navigate] = useLocation();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const wanted = text.trim();
  const settled = useSettled(wanted);
  const search = useQuery({
    queryKey: ["palette", settled],
    queryFn: ({ signal }) => ordersWith(settled, signal),
    enabled: settled.length > 1,
  });
  const orders = settled === wanted ? (search.data ?? []) : [];
  const found = [
    ...pagesLike(pages, wanted),
    ...actionsLike(actions, wanted),
    ...(wanted ? objectsLike(orders, wanted) : []),
  ];
  const current = Math.min(chosen, found.length - 1);

  // A layout effect closes it while it is still in the page: only then the focus goes back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector("input")?.focus();
    return () => element?.close();
  }, []);

  useEffect(() => {
    document.getElementById(`${list}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [list, current]);

  const go = (open: Found["open"]) => {
    close();
    if (typeof open === "string") navigate(open);
    else open();
  };

  // Whoever types a number and presses Enter at once (a scanner does) means that order.
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const pick = found[current];
    if (!wanted || chosen > 0 || (pick && pick.key !== "all")) {
      if (pick) go(pick.open);
      return;
    }
    const exact = await ordersWith(wanted).then(
      (rows) => rows.find((row) => row.order_number === wanted),
      () => undefined, // the list shows the same error with its retry button
    );
    go(exact ? orderAddress(exact.order_number) : ordersAddress(allOrders(wanted)));
  };

  const moved = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setChosen((current + step + found.length) % found.length);
  };

  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Find a page, an action or an order"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form className="palette-box" onSubmit={submit}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${current}` : undefined}
          aria-label="Find a page, an action or an order"
          placeholder="A page, an action, or an order's number, customer, tracking"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={moved}
        />
        <kbd>Esc</kbd>
      </form>
      <div id={list} role="listbox" aria-label="Found" className="palette-list">
        {found.map(({ key, open, word, hint }, index) => (
          <div
            key={key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className="palette-row"
            onClick={() => go(open)}
            onKeyDown={() => {}} // the box above has the keys
          >
            <span>{word}</span>
            <span className="meta">{hint}</span>
          </div>
        ))}
      </div>
      <p role="status" className="visually-hidden">
        {plural(found.length, "entry", "entries")}
      </p>
    </dialog>
  );
}
