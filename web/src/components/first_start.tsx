// Before ShipStation was ever read there are no figures, only what to do next.
import { Link } from "wouter";
import { useSyncStatus } from "../queries";
import { SyncNow } from "./sync_now";

export function FirstStart({ proof }: { proof: string }) {
  const status = useSyncStatus().data;
  const missing = status?.state === "not_set_up";
  return (
    <section className="card first-start" aria-labelledby="first-start">
      <h2 id="first-start">Not read yet</h2>
      <p>The figures of the day come from ShipStation, and Tallyman has not read it yet. {proof}</p>
      <ol>
        <li>
          {missing ? (
            <>
              Set up the credentials: put ShipStation's key and secret into the configuration and
              start Tallyman again. The command <code>tallyman doctor</code> says what is missing;{" "}
              <Link href="/settings">Settings</Link> shows whether they are there.
            </>
          ) : (
            <>The credentials are set.</>
          )}
        </li>
        <li>
          Run the first sync. It also starts by itself
          {status?.state === "disabled" ? (
            <>
              {" "}
              once it is switched on: <Link href="/workflows">Workflows</Link>.
            </>
          ) : (
            " with its schedule."
          )}
          <div className="row wrap first-sync">
            <SyncNow status={status} />
          </div>
        </li>
      </ol>
    </section>
  );
}
