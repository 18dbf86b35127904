// Signing out, from wherever that is asked for.
import { useLocation } from "wouter";
import { announce } from "./announce";
import { useSignOut } from "./queries";

export function useLeave(): () => void {
  const [, navigate] = useLocation();
  const { mutateAsync } = useSignOut();
  return () =>
    void mutateAsync(undefined).then(
      () => navigate("/sign-in"),
      (error: Error) => announce(error.message, "warn"),
    );
}
