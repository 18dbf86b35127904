// The frame around every page: top bar, navigation, and the keys that work everywhere.
import { type ReactNode, useLayoutEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { useActions } from "../actions";
import type { Bootstrap } from "../api";
import { useDisconnectedSince, useMay } from "../may";
import { allPages } from "../navigation";
import { useNewVersion } from "../new_version";
import { pageLetters, useShortcuts } from "../shortcuts";
import { Announcer } from "./announcer";
import { CommandPalette } from "./command_palette";
import { HelpDialog } from "./help_dialog";
import { Icon } from "./icon";
import { LiveState } from "./live_state";
import { Navigation } from "./navigation";
import { UserMenu } from "./user_menu";

function useCtrlK(open: () => void) {
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) open();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [open]);
}

function NewVersion() {
  if (!useNewVersion()) return null;
  return (
    <div className="note plain new-version" role="status">
      <span className="grow">A new version of Tallyman is running.</span>
      <button type="button" className="button small" onClick={() => window.location.reload()}>
        Reload
      </button>
    </div>
  );
}

interface Props {
  bootstrap: Bootstrap | undefined;
  children: ReactNode;
}

export function Shell({ bootstrap, children }: Props) {
  const [, navigate] = useLocation();
  const [helping, setHelping] = useState(false);
  const [finding, setFinding] = useState(false);
  const disconnected = useDisconnectedSince() !== null;
  const admin = useMay("admin");
  const actions = useActions(() => setHelping(true));
  useCtrlK(() => setFinding(true));
  useShortcuts({
    ...Object.fromEntries(
      pageLetters.map(({ letter, href }) => [`g ${letter}`, () => navigate(href)]),
    ),
    "?": () => setHelping(true),
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className={disconnected ? "top amber" : "top"}>
        <Link className="name" href="/" aria-label="Tallyman">
          <Icon name="tally" />
          <span>Tallyman</span>
        </Link>
        {bootstrap?.demo && (
          <span className="demo">
            Demo<span>, invented data</span>
          </span>
        )}
        <button type="button" className="find" onClick={() => setFinding(true)}>
          <Icon name="search" />
          <span className="grow">Find a page, an action or an order</span>
          <kbd>Ctrl K</kbd>
        </button>
        <LiveState bootstrap={bootstrap} />
        <UserMenu />
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
        <NewVersion />
        {children}
      </main>
      <Announcer />
      {finding && (
        <CommandPalette
          pages={allPages.filter(({ need }) => need !== "admin" || admin)}
          actions={actions}
          close={() => setFinding(false)}
        />
      )}
      {helping && <HelpDialog close={() => setHelping(false)} about={bootstrap} />}
    </>
  );
}
