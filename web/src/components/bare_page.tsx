// A page without the frame: sign-in and first start.
import type { ReactNode } from "react";
import { useBootstrap } from "../queries";
import { Announcer } from "./announcer";
import { Icon } from "./icon";

export function BarePage({ title, children }: { title: string; children: ReactNode }) {
  const bootstrap = useBootstrap();
  return (
    <main className="bare">
      <div className="card bare-card">
        <p className="name">
          <Icon name="tally" />
          Tallyman
        </p>
        <h1>{title}</h1>
        {children}
      </div>
      {bootstrap.data && (
        <p className="meta">
          {bootstrap.data.name} {bootstrap.data.version}
        </p>
      )}
      <Announcer />
    </main>
  );
}
