// The list of pages at the left; on a phone a bar of five at the bottom, the rest behind "More".
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useMay } from "../may";
import { allPages, isAt, mainPages, type PageEntry, phonePages } from "../navigation";
import { useAlertCounts } from "../queries";
import { Dialog } from "./dialog";
import { Icon } from "./icon";

// How many things wait there for a person; red only when some do.
function useUrgent(): Record<string, number> {
  const { data } = useAlertCounts();
  return { "/alerts": data ? data.critical + data.warning : 0 };
}

function Entry({ page, urgent }: { page: PageEntry; urgent: number }) {
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
      {urgent > 0 && (
        <span className="nav-count">
          {urgent}
          <span className="visually-hidden"> open</span>
        </span>
      )}
    </Link>
  );
}

export function Navigation() {
  const [path] = useLocation();
  const [more, setMore] = useState(false);
  const admin = useMay("admin");
  const urgent = useUrgent();
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
                <Entry key={page.href} page={page} urgent={urgent[page.href] ?? 0} />
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
