// The list of pages at the left; on a phone a bar of five at the bottom, the rest behind "More".
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useMay } from "../may";
import { allPages, isAt, mainPages, type PageEntry, phonePages } from "../navigation";
import { useAlertCounts, useSyncStatus } from "../queries";
import { Dialog } from "./dialog";
import { Icon } from "./icon";

interface Waiting {
  number: number;
  word: string; // "12 open"
  urgent: boolean; // somebody has to do something; else it is tried again by itself
}

// How many things wait on a page.
function useWaiting(): Record<string, Waiting> {
  const alerts = useAlertCounts().data;
  const sync = useSyncStatus().data;
  return {
    "/alerts": {
      number: alerts ? alerts.critical + alerts.warning : 0,
      word: "open",
      urgent: true,
    },
    "/sync": { number: sync?.quarantine_open ?? 0, word: "in quarantine", urgent: false },
  };
}

function Entry({ page, waiting }: { page: PageEntry; waiting: Waiting | undefined }) {
  const [path] = useLocation();
  return (
    <Link
      href={page.href}
      aria-current={isAt(path, page.href) ? "page" : undefined}
      className={phonePages.includes(page.href) ? undefined : "not-on-phone"}
      title={page.word}
    >
      <Icon name={page.icon} />
      <span className="nav-word">
        {page.short ?? page.word}
        {page.short && <span className="nav-rest">{page.word.slice(page.short.length)}</span>}
      </span>
      {waiting && waiting.number > 0 && (
        <span
          className={waiting.urgent ? "nav-count" : "nav-count calm"}
          title={`${waiting.number} ${waiting.word}`}
        >
          {waiting.number}
          <span className="visually-hidden"> {waiting.word}</span>
        </span>
      )}
    </Link>
  );
}

export function Navigation() {
  const [path] = useLocation();
  const [more, setMore] = useState(false);
  const admin = useMay("admin");
  const waiting = useWaiting();
  const groups = ["", "Operations", "System"] as const;
  const rest = allPages.filter(
    ({ href, need }) => !phonePages.includes(href) && (need !== "admin" || admin),
  );
  return (
    <>
      <nav className="nav" aria-label="Main">
        {groups.map((group) => (
          <div key={group} className="nav-group">
            {group && <h2 className="nav-title">{group}</h2>}
            {mainPages
              .filter((page) => page.group === group)
              .map((page) => (
                <Entry key={page.href} page={page} waiting={waiting[page.href]} />
              ))}
          </div>
        ))}
        <button
          type="button"
          className="nav-more"
          aria-current={rest.some(({ href }) => isAt(path, href)) ? "page" : undefined}
          onClick={() => setMore(true)}
        >
          <Icon name="more" />
          <span className="nav-word">More</span>
        </button>
      </nav>
      {more && (
        <Dialog title="More pages" close={() => setMore(false)}>
          <div className="menu-list">
            {rest.map((page) => (
              <Link key={page.href} href={page.href} onClick={() => setMore(false)}>
                <Icon name={page.icon} />
                {page.word}
              </Link>
            ))}
          </div>
        </Dialog>
      )}
    </>
  );
}
