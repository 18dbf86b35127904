// What a person does with an alert: take it, put it off, or say that it is settled.
import { type FormEvent, useState } from "react";
import { announce } from "../announce";
import type { Alert } from "../api";
import { type AlertStep, useAlertStep, useSession } from "../queries";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Problem } from "./problem";
import { ReasonDialog } from "./reason_dialog";

interface Props {
  alert: Alert;
  close: () => void;
}

function useStep({ alert, close }: Props, said: string) {
  const step = useAlertStep(alert.id);
  const send = (what: AlertStep) =>
    step.mutate(what, {
      onSuccess: () => {
        announce(said);
        close();
      },
    });
  return { ...step, send };
}

export function TakeDialog(props: Props) {
  const session = useSession();
  const { send, error, isPending } = useStep(props, "Taken. Others see who looks after it.");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const owner = String(new FormData(event.currentTarget).get("owner")).trim();
    if (!isPending) send({ do: "acknowledge", owner });
  };
  return (
    <Dialog title={`Take: ${props.alert.title}`} close={props.close}>
      <form className="form" onSubmit={submit}>
        <Field label="Who looks after it" hint="Empty: you.">
          {(wiring) => (
            <input
              {...wiring}
              name="owner"
              maxLength={100}
              defaultValue={props.alert.owner ?? session.data?.user?.name ?? ""}
              data-first
            />
          )}
        </Field>
        {error && <Problem error={error} busy={isPending} />}
        <div className="actions">
          <Button onClick={props.close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={isPending} busyWord="Asking…">
            Take it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const waits = [
  { hours: 1, word: "1 hour" },
  { hours: 4, word: "4 hours" },
  { hours: 24, word: "1 day" },
  { hours: 168, word: "1 week" },
];

export function SnoozeDialog(props: Props) {
  const [hours, setHours] = useState(4);
  const { send, error, isPending } = useStep(props, "Snoozed. It comes back by itself.");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) send({ do: "snooze", hours });
  };
  return (
    <Dialog title={`Snooze: ${props.alert.title}`} close={props.close}>
      <form className="form" onSubmit={submit}>
        <p>It leaves the list and comes back after this time if it is still so.</p>
        <fieldset className="choices">
          <legend>For</legend>
          {waits.map((wait) => (
            <label className="choice" key={wait.hours}>
              <input
                type="radio"
                name="hours"
                checked={hours === wait.hours}
                onChange={() => setHours(wait.hours)}
              />
              {wait.word}
            </label>
          ))}
        </fieldset>
        {error && <Problem error={error} busy={isPending} />}
        <div className="actions">
          <Button onClick={props.close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={isPending} busyWord="Asking…">
            Snooze
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ResolveDialog(props: Props) {
  const { send, error, isPending } = useStep(props, "Resolved.");
  return (
    <ReasonDialog
      title={`Resolve: ${props.alert.title}`}
      effect="The alert closes. It opens again only when its facts change."
      label="What was done"
      confirm="Resolve"
      busy={isPending}
      error={error}
      close={props.close}
      submit={(reason) => send({ do: "resolve", reason })}
    />
  );
}
