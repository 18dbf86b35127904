// One name with its value, inside <dl className="facts">.
import type { ReactNode } from "react";

interface Props {
  name: string;
  means?: string; // of a word that the warehouse does not use
  children: ReactNode;
}

export function Fact({ name, means, children }: Props) {
  return (
    <div>
      <dt title={means} className={means && "explained"}>
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
