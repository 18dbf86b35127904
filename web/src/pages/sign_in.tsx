// Name and password; afterwards the page that was asked for.
import { type FormEvent, useLayoutEffect, useRef } from "react";
import { Redirect, useSearch } from "wouter";
import { BarePage } from "../components/bare_page";
import { Button } from "../components/button";
import { Field } from "../components/field";
import { Problem } from "../components/problem";
import { usePageTitle } from "../page_title";
import { useSession, useSignIn } from "../queries";

export function signInAddress(target: string): string {
  return target === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(target)}`;
}

// Only a path of these pages: an address of elsewhere is not followed.
export function targetOf(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) ? to : "/";
}

export function SignInPage() {
  usePageTitle("Sign in");
  const target = targetOf(useSearch());
  const session = useSession();
  const signIn = useSignIn();
  const password = useRef<HTMLInputElement>(null);

  // A layout effect: who reads that the password was wrong and types on replaces it.
  useLayoutEffect(() => {
    if (signIn.error) password.current?.select();
  }, [signIn.error]);

  if (session.data?.user || session.data?.open) return <Redirect to={target} replace />;
  if (session.data?.setup_needed) return <Redirect to="/setup" replace />;

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (signIn.isPending) return;
    signIn.mutate({ name: String(form.get("name")), password: String(form.get("password")) });
  };

  return (
    <BarePage title="Sign in">
      <form className="form" onSubmit={send}>
        <Field label="Name">
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
        <Field label="Password">
          {(wiring) => (
            <input
              {...wiring}
              ref={password}
              name="password"
              type="password"
              required
              maxLength={1000}
              autoComplete="current-password"
            />
          )}
        </Field>
        {signIn.error && <Problem error={signIn.error} busy={signIn.isPending} />}
        {session.error && !session.data && (
          <Problem error={session.error} busy={session.isFetching} next="Trying again every 5 s." />
        )}
        <div className="actions">
          <Button type="submit" kind="primary" busy={signIn.isPending} busyWord="Signing in…">
            Sign in
          </Button>
        </div>
        {session.data?.secure === false && (
          <p className="meta">
            This connection is not encrypted (http): use it only inside the warehouse's own network.
          </p>
        )}
      </form>
    </BarePage>
  );
}
