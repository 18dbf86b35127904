// The frame around every page: top bar, navigation, and the keys that work everywhere.
import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Bootstrap } from "../api";
import { useShortcuts } from "../shortcuts";
import { FindBox } from "./find_box";
import { HelpDialog } from "./help_dialog";
import { Icon, type IconName } from "./icon";
import { LiveState, useDisconnectedSince } from "./live_state";

const pages: { href: string; word: string; icon: IconName }[] = [
  { href: "/orders", word: "Orders", icon: "orders" },
  { href: "/sync", word: "Sync", icon: "sync" },
];

function Navigation() {
  const [path] = useLocation();
  return (
    <nav className="nav" aria-label="Main">
      {pages.map(({ href, word, icon }) => (
        <Link key={href} href={href} aria-current={path.startsWith(href) ? "page" : undefined}>
          <Icon name={icon} />
          <span>{word}</span>
        </Link>
      ))}
    </nav>
  );
}

export function Shell({
  bootstrap,
  children,
}: {
  bootstrap: Bootstrap | undefined;
  children: ReactNode;
}) {
  const [, navigate] = useLocation();
  const [helping, setHelping] = useState(false);
  const disconnected = useDisconnectedSince() !== null;
  useShortcuts({
    "g o": () => navigate("/orders"),
    "g s": () => navigate("/sync"),
    "?": () => setHelping(true),
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className={disconnected ? "top amber" : "top"}>
        <Link className="name" href="/orders" aria-label="Tallyman">
          <Icon name="tally" />
          <span>Tallyman</span>
        </Link>
        {bootstrap?.demo && (
          <span className="demo">
            Demo<span>, invented data</span>
          </span>
        )}
        <FindBox />
        <LiveState bootstrap={bootstrap} />
        <button
          type="button"
          className="quiet help"
          onClick={() => setHelping(true)}
          aria-label="Keyboard and display"
        >
          ?
        </button>
      </header>
      <Navigation />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {helping && <HelpDialog close={() => setHelping(false)} about={bootstrap} />}
    </>
  );
}
