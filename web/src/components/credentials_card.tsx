// Which credentials are there and whether the partner took them; never a value.
import { useState } from "react";
import { Link } from "wouter";
import { announce } from "../announce";
import { type Asked, api, type Credential } from "../api";
import { useCredentials, useJob } from "../queries";
import type { Look } from "../words";
import { jobWord } from "../words";
import { Badge } from "./badge";
import { WriteButton } from "./button";
import { Moment } from "./moment";
import { Problem } from "./problem";
import { Empty } from "./states";

function lookOf(of: Credential): Look {
  if (!of.set) return { tone: "warn", icon: "triangle", word: "Missing" };
  const refused = Date.parse(of.last_refused_at ?? "");
  const accepted = Date.parse(of.last_accepted_at ?? "");
  if (refused && !(accepted > refused)) return { tone: "bad", icon: "octagon", word: "Refused" };
  return { tone: "ok", icon: "check", word: accepted ? "Accepted" : "Set" };
}

// A test is a job: its outcome appears here when it ended.
export function TestResult({ asked }: { asked: Asked | null }) {
  const job = useJob(asked?.job_id ?? null).data;
  if (!asked) return null;
  return (
    <p className="meta" role="status">
      {job?.message || (job?.finished_at ? "Done" : "Testing…")}{" "}
      <Link href={`/jobs/${asked.job_id}`}>job {asked.job_id}</Link>
    </p>
  );
}

function Partner({ name, items }: { name: string; items: Credential[] }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const missing = items.some((each) => !each.set);
  const test = async () => {
    setBusy(true);
    await api
      .testCredential(name)
      .then(setAsked, (error: Error) => announce(error.message, "warn"));
    setBusy(false);
  };
  return (
    <li className="setting">
      <div className="grow">
        <h3>{jobWord(name)}</h3>
        {items.map((each) => (
          <p key={each.name}>
            <Badge look={lookOf(each)} /> {each.name}{" "}
            <span className="meta">
              {each.set ? "set" : "not set"}
              {each.ends_in && (
                <>
                  , ends in <span className="id">…{each.ends_in}</span>
                </>
              )}
              {each.last_accepted_at && (
                <>
                  , last accepted <Moment at={each.last_accepted_at} />
                </>
              )}
              {each.last_refused_at && (
                <>
                  , last refused <Moment at={each.last_refused_at} />
                </>
              )}
              {each.message && `. ${each.message}`}
            </span>
          </p>
        ))}
        <TestResult asked={asked} />
      </div>
      <WriteButton
        need="operator"
        small
        busy={busy}
        busyWord="Asking…"
        why={missing ? "It is not set up: put it into the configuration first" : null}
        aria-label={`Test ${jobWord(name)}`}
        onClick={test}
      >
        Test
      </WriteButton>
    </li>
  );
}

export function CredentialsCard() {
  const credentials = useCredentials();
  const items = credentials.data?.items ?? [];
  const partners = [...new Set(items.map(({ partner }) => partner))];
  return (
    <section className="card flush" aria-labelledby="credentials">
      <div className="card-head">
        <h2 id="credentials">Credentials</h2>
        <span className="meta">They stand in the configuration; their values are never shown.</span>
      </div>
      {credentials.error && (
        <Problem
          error={credentials.error}
          dataFrom={credentials.dataUpdatedAt || null}
          busy={credentials.isFetching}
          retry={() => credentials.refetch()}
        />
      )}
      {credentials.data && partners.length === 0 && <Empty>No partner is known yet.</Empty>}
      <ul className="settings">
        {partners.map((name) => (
          <Partner key={name} name={name} items={items.filter(({ partner }) => partner === name)} />
        ))}
      </ul>
    </section>
  );
}
