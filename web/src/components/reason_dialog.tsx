// Asks for the reason of a change that others will wonder about, and names what it does.
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Problem } from "./problem";

interface Props {
  title: string;
  effect: ReactNode; // what will happen, in a sentence or two
  confirm: string; // "Switch off"
  label?: string;
  required?: boolean;
  busy: boolean;
  error: Error | null;
  submit: (reason: string) => void;
  close: () => void;
}

const shortest = 3;

export function ReasonDialog(props: Props) {
  const { title, effect, confirm, label = "Reason", required = true, busy, error } = props;
  const [missing, setMissing] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason")).trim();
    const short = required && reason.length < shortest;
    setMissing(short);
    if (!short && !busy) props.submit(reason);
  };
  return (
    <Dialog title={title} close={props.close}>
      <form className="form" onSubmit={send} noValidate>
        <div>{effect}</div>
        <Field
          label={required ? label : `${label} (if you like)`}
          hint="Others read it beside the change."
          error={missing ? "Say why in a few words." : null}
        >
          {(wiring) => <textarea {...wiring} name="reason" rows={2} maxLength={500} data-first />}
        </Field>
        {error && <Problem error={error} busy={busy} />}
        <div className="actions">
          <Button onClick={props.close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={busy} busyWord="Asking…">
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
