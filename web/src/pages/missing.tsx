// An address without a page.
import { Link } from "wouter";
import { usePageTitle } from "../page_title";

export function MissingPage() {
  usePageTitle("Not found");
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <Link href="/">Open Today</Link>
      </p>
    </>
  );
}
