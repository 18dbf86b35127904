// Views of one list as links, so that each has an address; counts stand below the words.
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";

export interface Tab {
  key: string;
  word: string;
  href: string;
  counted?: ReactNode;
  urgent?: boolean;
}

interface Props {
  name: string;
  tabs: Tab[];
  chosen: string;
}

export function Tabs({ name, tabs, chosen }: Props) {
  const bar = useRef<HTMLElement>(null);
  const known = tabs.some((tab) => tab.counted !== undefined);

  // On a narrow screen the chosen tab may lie outside; the counts make the tabs wider.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both move the chosen tab
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (tab) bar.current?.scrollTo({ left: tab.offsetLeft - 48 });
  }, [chosen, known]);

  return (
    <nav ref={bar} className="tabs" aria-label={name}>
      {tabs.map(({ key, word, href, counted, urgent }) => (
        <Link key={key} href={href} aria-current={key === chosen ? "true" : undefined}>
          <span className="tab-word">{word}</span>
          {counted !== undefined && (
            <span className={urgent ? "tab-count urgent" : "tab-count"}>{counted}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
