// What the person in front of this page may do, and the reason when not.
import type { Role, Session } from "./api";
import { useZone } from "./clock";
import { useConnection } from "./connection";
import { timeOfDay } from "./format";
import { useSession } from "./queries";

const roles: Role[] = ["viewer", "operator", "admin"];

export function roleOf(session: Session | undefined): Role | null {
  if (!session) return null;
  if (session.user) return session.user.role;
  return session.open ? "admin" : null;
}

export function mayDo(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(needed);
}

const articles: Record<Role, string> = {
  viewer: "a viewer",
  operator: "an operator",
  admin: "an admin",
};

// The moment since which the server is silent, as words, or none.
export function useDisconnectedSince(): string | null {
  const { lost, answeredAt } = useConnection();
  const zone = useZone();
  if (!lost) return null;
  return answeredAt ? timeOfDay(new Date(answeredAt).toISOString(), zone) : "the start";
}

// Why a button that needs this role cannot be pressed, or none when it can.
export function useWhyNot(needed: Role): string | null {
  const session = useSession();
  const since = useDisconnectedSince();
  if (since) return `Not connected since ${since}`;
  const role = roleOf(session.data);
  if (mayDo(role, needed)) return null;
  return role
    ? `Only ${articles[needed]} may do this; you are signed in as ${articles[role]}`
    : "Sign in first";
}

export function useMay(needed: Role): boolean {
  const session = useSession();
  return mayDo(roleOf(session.data), needed);
}
