// Changes one's own password. Other sessions of the same person end with it.
import type { FormEvent } from "react";
import { announce } from "../announce";
import { useChangePassword } from "../queries";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field, fieldError } from "./field";
import { Problem } from "./problem";

export function PasswordDialog({ close }: { close: () => void }) {
  const change = useChangePassword();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [before, after] = [String(form.get("before")), String(form.get("after"))];
    change.mutate(
      { before, after },
      {
        onSuccess: () => {
          announce("Password changed. Other sessions have ended.");
          close();
        },
      },
    );
  };
  return (
    <Dialog title="Change password" close={close}>
      <form className="form" onSubmit={send}>
        <Field label="Password now" error={fieldError(change.error, "/old_password")}>
          {(wiring) => (
            <input
              {...wiring}
              name="before"
              type="password"
              required
              autoComplete="current-password"
            />
          )}
        </Field>
        <Field
          label="New password"
          hint="A few words are easy to remember and hard to guess."
          error={fieldError(change.error, "/new_password")}
        >
          {(wiring) => (
            <input {...wiring} name="after" type="password" required autoComplete="new-password" />
          )}
        </Field>
        {change.error && <Problem error={change.error} busy={change.isPending} />}
        <div className="actions">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={change.isPending} busyWord="Changing…">
            Change password
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
