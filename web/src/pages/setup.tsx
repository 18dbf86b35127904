// First start: the link that the server printed makes the first admin. The token stands behind the
// "#" of the address, which browsers send to no server, or as ?token=; it leaves the address at once.
import { type FormEvent, useEffect, useState } from "react";
import { Link, Redirect } from "wouter";
import { BarePage } from "../components/bare_page";
import { Button } from "../components/button";
import { Field, fieldError } from "../components/field";
import { Problem } from "../components/problem";
import { Empty } from "../components/states";
import { usePageTitle } from "../page_title";
import { useSession, useSetUp } from "../queries";

export function tokenOf({ hash, search }: { hash: string; search: string }): string {
  const behind = new URLSearchParams(hash.replace(/^#/, "")).get("token");
  return behind ?? new URLSearchParams(search).get("token") ?? "";
}

function SetupForm({ token }: { token: string }) {
  const setUp = useSetUp();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (setUp.isPending) return;
    setUp.mutate({
      token,
      name: String(form.get("name")),
      password: String(form.get("password")),
    });
  };
  return (
    <form className="form" onSubmit={send}>
      <p>Nobody can sign in yet. Choose the name and the password of the first admin.</p>
      <Field label="Name" error={fieldError(setUp.error, "/name")}>
        {(wiring) => (
          <input
            {...wiring}
            name="name"
            required
            maxLength={200}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the page has no other purpose
            autoFocus
          />
        )}
      </Field>
      <Field
        label="Password"
        hint="A few words are easy to remember and hard to guess."
        error={fieldError(setUp.error, "/password")}
      >
        {(wiring) => (
          <input
            {...wiring}
            name="password"
            type="password"
            required
            maxLength={1000}
            autoComplete="new-password"
          />
        )}
      </Field>
      {setUp.error && <Problem error={setUp.error} busy={setUp.isPending} />}
      <div className="actions">
        <Button type="submit" kind="primary" busy={setUp.isPending} busyWord="Setting up…">
          Set up Tallyman
        </Button>
      </div>
    </form>
  );
}

export function SetupPage() {
  usePageTitle("First start");
  const session = useSession();
  const [token] = useState(() => tokenOf(window.location));
  useEffect(() => {
    if (token) window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [token]);

  // "local" is this machine itself, which needs no sign-in while nobody can: that is no reason to go.
  if (session.data?.user?.kind === "user") return <Redirect to="/" replace />;
  const done = session.data?.setup_needed === false;
  return (
    <BarePage title="First start">
      {done && (
        <Empty>
          Tallyman is set up already. <Link href="/sign-in">Sign in</Link>
        </Empty>
      )}
      {!done && !token && (
        <Empty>
          Open the setup link that Tallyman printed when it started. It works once and names a token
          behind the "#". Lost it? Restart Tallyman, and it prints a new one.
        </Empty>
      )}
      {!done && token && <SetupForm token={token} />}
    </BarePage>
  );
}
