// ShipStation's interface: how many requests of this minute are used, and whether it answers.
import type { Breaker, Budget } from "../api";
import { useNow } from "../clock";
import { count, duration, plural, until } from "../format";
import { useBreakers, useBudget } from "../queries";
import { breakerLooks } from "../words";
import { Badge } from "./badge";
import { Moment } from "./moment";
import { Problem } from "./problem";

function Meter({ of }: { of: Budget }) {
  const now = useNow(1_000);
  const blocked = of.blocked_until !== null && Date.parse(of.blocked_until) > now;
  const window =
    of.window_seconds === 60 ? "this minute" : `in ${duration(of.window_seconds * 1000)}`;
  return (
    <>
      <p className="budget">
        <b>
          {count(of.used)} of {count(of.limit)}
        </b>{" "}
        requests {window}
      </p>
      <meter
        aria-label="Requests used"
        value={of.used}
        max={of.limit}
        high={of.limit * 0.8}
        optimum={0}
      />
      <p className="meta">
        {count(of.people_floor)} of them are kept for people.{" "}
        {blocked
          ? `ShipStation asked to wait; it goes on ${until(of.blocked_until ?? "", now)}.`
          : "ShipStation does not ask to wait."}{" "}
        {of.last_429_at ? (
          <>
            Last refused as too many: <Moment at={of.last_429_at} />.
          </>
        ) : (
          "Never refused as too many."
        )}
      </p>
    </>
  );
}

function BreakerLine({ of }: { of: Breaker }) {
  const now = useNow(1_000);
  return (
    <li>
      <Badge look={breakerLooks[of.state]} />{" "}
      {of.state === "closed" ? (
        <span className="meta">
          {of.failures === 0
            ? "No failure in a row."
            : `${plural(of.failures, "failure")} in a row.`}
        </span>
      ) : (
        <span>
          {of.reason ?? "It failed too often"}
          <span className="meta">
            {" "}
            {of.opened_at && (
              <>
                Stopped asking <Moment at={of.opened_at} />.{" "}
              </>
            )}
            {of.next_probe_at && `Next try ${until(of.next_probe_at, now)}.`}
          </span>
        </span>
      )}
    </li>
  );
}

export function PartnerCard() {
  const budget = useBudget();
  const breakers = useBreakers();
  const mine = breakers.data?.items.filter(({ partner }) => partner === "shipstation") ?? [];
  return (
    <section className="card" aria-labelledby="partner">
      <div className="row wrap">
        <h2 id="partner">ShipStation requests</h2>
        {budget.data && (
          <span className="meta push">{count(budget.data.limit)} a minute allowed</span>
        )}
      </div>
      {budget.error && (
        <Problem
          error={budget.error}
          dataFrom={budget.dataUpdatedAt || null}
          busy={budget.isFetching}
          retry={() => budget.refetch()}
        />
      )}
      {budget.data && <Meter of={budget.data} />}
      {breakers.error && (
        <Problem
          error={breakers.error}
          dataFrom={breakers.dataUpdatedAt || null}
          busy={breakers.isFetching}
          retry={() => breakers.refetch()}
        />
      )}
      <ul className="plain-list">
        {mine.map((breaker) => (
          <BreakerLine key={breaker.partner} of={breaker} />
        ))}
      </ul>
    </section>
  );
}
