// The box in the top bar: a number that exists opens that order, anything else searches all orders.
import { type FormEvent, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { api } from "../api";
import { orderAddress, ordersAddress } from "../url";
import { Icon } from "./icon";

export function FindBox() {
  const [, navigate] = useLocation();
  const [looking, setLooking] = useState(false);
  const box = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      box.current?.select();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);

  const find = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = box.current?.value.trim() ?? "";
    if (!text || looking) return;
    setLooking(true);
    const filter = { status: "all", q: text, source: "", sku: "" };
    // When the look-up fails, the list shows the same error with its retry button.
    const found = await api.orders(filter, null).catch(() => null);
    setLooking(false);
    const exact = found?.items.find((order) => order.order_number === text);
    if (box.current) box.current.value = "";
    box.current?.blur();
    navigate(exact ? orderAddress(exact.order_number) : ordersAddress(filter));
  };

  return (
    <search className="find">
      <form onSubmit={find}>
        <Icon name="search" />
        <input
          ref={box}
          type="search"
          aria-label="Find an order"
          placeholder="Find an order"
          autoComplete="off"
          spellCheck={false}
        />
        <kbd>Ctrl K</kbd>
      </form>
    </search>
  );
}
