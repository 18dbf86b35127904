// Below a list that goes on: loads the next rows without moving those above.
import { plural } from "../format";
import { Button } from "./button";

interface Props {
  shown: number;
  one: string; // "entry"
  many?: string; // "entries"
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

export function MoreRows({ shown, one, many, list }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div className="more">
      <Button
        onClick={() => void list.fetchNextPage()}
        busy={list.isFetchingNextPage}
        busyWord="Loading…"
      >
        Load more
      </Button>
      <span className="meta">{plural(shown, one, many)} shown</span>
    </div>
  );
}
