// Whether mail can be sent, to whom alerts go, and a message to try it.
import { type FormEvent, useState } from "react";
import { announce } from "../announce";
import { type Asked, api, type Mail } from "../api";
import { useMail } from "../queries";
import { Badge } from "./badge";
import { WriteButton } from "./button";
import { TestResult } from "./credentials_card";
import { Fact } from "./fact";
import { Field } from "./field";
import { Moment } from "./moment";
import { Problem } from "./problem";
import { Loading } from "./states";

function TestForm({ of }: { of: Mail }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget).get("to")).trim();
    setBusy(true);
    await api.testMail(to).then(setAsked, (error: Error) => announce(error.message, "warn"));
    setBusy(false);
  };
  return (
    <form className="inline-form" onSubmit={send}>
      <Field label="Send a test to">
        {(wiring) => (
          <input
            {...wiring}
            name="to"
            type="email"
            required
            defaultValue={of.alerts_to[0] ?? ""}
            autoComplete="email"
          />
        )}
      </Field>
      <WriteButton
        type="submit"
        need="admin"
        busy={busy}
        busyWord="Asking…"
        why={of.configured ? null : "Mail is not set up"}
      >
        Send test
      </WriteButton>
      <TestResult asked={asked} />
    </form>
  );
}

export function MailCard() {
  const mail = useMail();
  const { data } = mail;
  return (
    <section className="card" aria-labelledby="mail">
      <div className="row wrap">
        <h2 id="mail">Mail</h2>
        {data && (
          <Badge
            look={
              data.configured
                ? { tone: "ok", icon: "check", word: "Set up" }
                : { tone: "warn", icon: "triangle", word: "Not set up" }
            }
          />
        )}
      </div>
      {mail.error && (
        <Problem
          error={mail.error}
          dataFrom={mail.dataUpdatedAt || null}
          busy={mail.isFetching}
          retry={() => mail.refetch()}
        />
      )}
      {mail.isPending && <Loading lines={2} />}
      {data && (
        <>
          <dl className="facts">
            <Fact name="Server">{data.server || "–"}</Fact>
            <Fact name="From">{data.from || "–"}</Fact>
            <Fact name="Alerts go to">
              <span className="breakable">{data.alerts_to.join(", ") || "nobody"}</span>
            </Fact>
            <Fact name="Last sent">
              {data.last_sent_at ? <Moment at={data.last_sent_at} /> : "never"}
            </Fact>
          </dl>
          {data.last_failure && (
            <p className="field-error">
              Last failure, <Moment at={data.last_failure.at} />: {data.last_failure.message}
            </p>
          )}
          <TestForm of={data} />
        </>
      )}
    </section>
  );
}
