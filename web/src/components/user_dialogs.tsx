// Adds people and tokens, and changes people.
import { type FormEvent, useState } from "react";
import { announce } from "../announce";
import type { Role, User, UserChange } from "../api";
import { useTokenActions, useUserActions } from "../queries";
import { roles } from "../words";
import { Button } from "./button";
import { CopyButton } from "./copy_button";
import { Dialog } from "./dialog";
import { Field, fieldError } from "./field";
import { Problem } from "./problem";

function RoleField({ chosen }: { chosen: Role }) {
  return (
    <fieldset className="choices upright">
      <legend>Role</legend>
      {roles.map(({ value, word, may }) => (
        <label className="choice" key={value}>
          <input type="radio" name="role" value={value} defaultChecked={value === chosen} />
          <span>
            {word} <span className="meta">{may}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const roleIn = (form: FormData) => String(form.get("role")) as Role;

function PasswordField({
  label,
  error,
  required,
}: Record<"label", string> & {
  error: string | null;
  required: boolean;
}) {
  return (
    <Field label={label} hint="A few words are easy to remember and hard to guess." error={error}>
      {(wiring) => (
        <input
          {...wiring}
          name="password"
          type="password"
          required={required}
          maxLength={1000}
          autoComplete="new-password"
        />
      )}
    </Field>
  );
}

export function AddUser({ close }: { close: () => void }) {
  const { add } = useUserActions();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (add.isPending) return;
    add.mutate(
      {
        name: String(form.get("name")).trim(),
        role: roleIn(form),
        password: String(form.get("password")),
      },
      {
        onSuccess: (user) => {
          announce(`${user.name} can sign in now.`);
          close();
        },
      },
    );
  };
  return (
    <Dialog title="Add a user" close={close}>
      <form className="form" onSubmit={send}>
        <Field label="Name" error={fieldError(add.error, "/name")}>
          {(wiring) => (
            <input
              {...wiring}
              name="name"
              required
              maxLength={100}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-first
            />
          )}
        </Field>
        <RoleField chosen="operator" />
        <PasswordField label="First password" required error={fieldError(add.error, "/password")} />
        {add.error && <Problem error={add.error} busy={add.isPending} />}
        <div className="actions">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={add.isPending} busyWord="Adding…">
            Add user
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ChangeUser({ user, close }: { user: User; close: () => void }) {
  const { change } = useUserActions();
  const ask = (what: UserChange, said: string) =>
    change.mutate(
      { name: user.name, change: what },
      {
        onSuccess: () => {
          announce(said);
          close();
        },
      },
    );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("password"));
    const role = roleIn(form);
    const what: UserChange = {};
    if (role !== user.role) what.role = role;
    if (password) what.password = password;
    if (!change.isPending) ask(what, `${user.name} is changed.`);
  };
  return (
    <Dialog title={`Change ${user.name}`} close={close}>
      <form className="form" onSubmit={send}>
        <RoleField chosen={user.role} />
        <PasswordField
          label="New password (empty: as it is)"
          required={false}
          error={fieldError(change.error, "/password")}
        />
        {change.error && <Problem error={change.error} busy={change.isPending} />}
        <div className="actions">
          <Button
            onClick={() =>
              user.disabled
                ? ask({ disabled: false }, `${user.name} can sign in again.`)
                : ask({ disabled: true }, `${user.name} cannot sign in any more.`)
            }
          >
            {user.disabled ? "Let in again" : "Shut out"}
          </Button>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={change.isPending} busyWord="Saving…">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

// A day of the form "2026-12-31" ends with that day, by the clock of this browser's UTC.
const endOfDay = (day: string) => (day ? `${day}T23:59:59Z` : null);

export function AddToken({ close }: { close: () => void }) {
  const { add } = useTokenActions();
  const [copied, setCopied] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (add.isPending) return;
    add.mutate({
      name: String(form.get("name")).trim(),
      role: roleIn(form),
      until: endOfDay(String(form.get("until"))),
    });
  };
  if (add.data) {
    return (
      <Dialog title={`Token ${add.data.name}`} close={close}>
        <p>Copy it now: it is shown this once, and Tallyman keeps only its hash.</p>
        <p className="token-shown">
          <code className="breakable">{add.data.token}</code>
          <CopyButton text={add.data.token} what="token" />
        </p>
        <label className="choice">
          <input type="checkbox" checked={copied} onChange={() => setCopied(!copied)} />I have
          copied it
        </label>
        <div className="actions">
          <Button kind="primary" why={copied ? null : "Copy the token first"} onClick={close}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Add a token" close={close}>
      <form className="form" onSubmit={send}>
        <Field
          label="For what"
          hint="The name stands in the audit log."
          error={fieldError(add.error, "/name")}
        >
          {(wiring) => (
            <input {...wiring} name="name" required maxLength={100} autoComplete="off" data-first />
          )}
        </Field>
        <RoleField chosen="viewer" />
        <Field label="Good until (empty: for ever)" error={fieldError(add.error, "/expires_at")}>
          {(wiring) => <input {...wiring} name="until" type="date" />}
        </Field>
        {add.error && <Problem error={add.error} busy={add.isPending} />}
        <div className="actions">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={add.isPending} busyWord="Adding…">
            Add token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
