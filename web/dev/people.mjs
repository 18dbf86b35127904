// Invented people: sign-in with a cookie and a CSRF token, users, tokens and the audit log. Without
// FIXTURE_PEOPLE nobody needs to sign in, as in the demo; FIXTURE_PEOPLE=none is the first start.
import { problem } from "./engine.mjs";

const mode = process.env.FIXTURE_PEOPLE ?? "";
const password = "correct horse battery"; // of everybody here
const setupToken = "first-start";
const csrf = "csrf-of-the-fixture";
const cookie = "tallyman_session=fixture";
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const start = Date.now();

const user = (name, role) => ({
  name,
  role,
  created_at: iso(start - 9e8),
  disabled: false,
  last_seen_at: iso(start - 60_000),
  sessions: 1,
});
const users =
  mode === "none" ? [] : [user("ana", "admin"), user("ben", "operator"), user("view", "viewer")];
const tokens = [
  {
    token_id: "t1",
    name: "label printer",
    role: "viewer",
    created_at: iso(start - 9e8),
    created_by: "user:ana",
    expires_at: null,
    last_used_at: iso(start - 3e5),
    revoked: false,
  },
];
const entries = Array.from({ length: 12 }, (_, i) => ({
  id: 900 - i,
  at: iso(start - i * 4e6),
  who: i % 3 === 0 ? "token:label printer" : "user:ana",
  action: i % 2 === 0 ? "workflow.disable" : "setting.put",
  subject: i % 2 === 0 ? "kpi-snapshot" : "warehouse.cutoff",
  detail:
    i % 2 === 0 ? { reason: "counted by hand this week" } : { before: "12:00", after: "12:30" },
}));

let signedIn = null; // one browser at a time is enough
let failures = 0;
export const forgetFailures = () => {
  failures = 0;
};

const signedInAt = (request) =>
  mode && (request.headers.cookie ?? "").includes(cookie) ? signedIn : null;

function session(who) {
  const known = who && users.find(({ name }) => name === who);
  return {
    user: known ? { name: known.name, role: known.role, kind: "user" } : null,
    csrf: known ? csrf : null,
    setup_needed: mode !== "" && users.length === 0,
    open: mode === "",
    secure: false,
    idle_minutes: 30,
    expires_at: null,
  };
}

function enter(name, response) {
  signedIn = name;
  failures = 0;
  response.setHeader("Set-Cookie", `${cookie}; Path=/; HttpOnly; SameSite=Strict`);
  return session(name);
}

function answerSession(method, below, body, who, response) {
  if (method === "GET") return [200, session(who)];
  if (method === "DELETE") {
    signedIn = null;
    response.setHeader("Set-Cookie", "tallyman_session=; Path=/; Max-Age=0");
    return [204, null];
  }
  if (below === "password") {
    return body.old_password === password
      ? [204, null]
      : problem(422, "The password was not changed.", [
          { pointer: "/old_password", detail: "That is not your present password." },
        ]);
  }
  if (failures >= 3) {
    response.setHeader("Retry-After", "30");
    return problem(429, "Too many wrong passwords.");
  }
  const known = users.find(({ name, disabled }) => name === body.name && !disabled);
  if (known && body.password === password) return [200, enter(known.name, response)];
  failures += 1;
  return problem(401, "Name or password is wrong.");
}

function answerUsers(method, name, body) {
  if (method === "GET") return [200, { items: users, next_cursor: null }];
  if (method === "POST") {
    if (users.some((each) => each.name === body.name)) {
      const detail = "Somebody has this name already.";
      return problem(422, "The user was not added.", [{ pointer: "/name", detail }]);
    }
    users.push({ ...user(body.name, body.role), last_seen_at: null, sessions: 0 });
    return [201, users.at(-1)];
  }
  const of = users.find((each) => each.name === name);
  const admins = users.filter(({ role, disabled }) => role === "admin" && !disabled);
  if (of.role === "admin" && admins.length === 1 && (body.disabled || body.role)) {
    return problem(409, "Ana is the last admin, so nothing was changed. Make another admin first.");
  }
  const { password: _, ...rest } = body;
  Object.assign(of, rest);
  return [200, of];
}

function answerTokens(method, id, body) {
  if (method === "GET") return [200, { items: tokens, next_cursor: null }];
  if (method === "DELETE") {
    tokens.find(({ token_id }) => token_id === id).revoked = true;
    return [204, null];
  }
  const token = {
    token_id: `t${tokens.length + 1}`,
    name: body.name,
    role: body.role,
    created_at: iso(Date.now()),
    created_by: "user:ana",
    expires_at: body.expires_at ?? null,
    last_used_at: null,
    revoked: false,
  };
  tokens.push(token);
  return [201, { ...token, token: `tally_${token.token_id}_not-a-real-secret` }];
}

function audit(query) {
  const items = entries.filter((each) =>
    ["who", "action", "subject"].every(
      (name) => !query.get(name) || each[name] === query.get(name),
    ),
  );
  return {
    items,
    next_cursor: null,
    chain: { verified: true, checked: entries.length, broken_at: null, head: "5f0c" },
  };
}

const needs = { users: "admin", tokens: "admin", audit: "admin" };
const ranks = ["viewer", "operator", "admin"];

// Who asks: a name, or the answer to who may not.
export function door(request, method, parts) {
  const who = signedInAt(request);
  const [subject] = parts;
  if (!mode) return { who: "demo" };
  if (["session", "setup", "bootstrap"].includes(subject) && parts.length === 1) return { who };
  if (!who) return { refused: problem(401, "Sign in first.") };
  if (method !== "GET" && request.headers["x-csrf-token"] !== csrf) {
    return { refused: problem(403, "The request did not come from these pages.") };
  }
  const { role } = users.find(({ name }) => name === who);
  const needed = needs[subject] ?? (method === "GET" ? "viewer" : "operator");
  return ranks.indexOf(role) < ranks.indexOf(needed)
    ? { refused: problem(403, `Only an ${needed} may do this.`) }
    : { who };
}

export function answerPeople({ method, parts, query, body, who, response }) {
  const [subject, below] = parts;
  if (subject === "session") return answerSession(method, below, body, who, response);
  if (subject === "setup") {
    if (users.length > 0 || body.token !== setupToken) {
      return problem(403, "This link was used already or is not the one of this start.");
    }
    users.push(user(body.name, "admin"));
    return [201, enter(body.name, response)];
  }
  if (subject === "users") return answerUsers(method, below, body);
  if (subject === "tokens") return answerTokens(method, below, body);
  if (subject === "audit") return [200, audit(query)];
  return null;
}
