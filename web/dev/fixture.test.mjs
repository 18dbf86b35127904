// The fixture server must speak as the program does, or the browser tests would prove nothing: its
// answers are held against the schemas that the program itself is tested with.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it, vi } from "vitest";
import { detail, makeOrders, payload } from "./data.mjs";

vi.useFakeTimers({ shouldAdvanceTime: true });
process.env.FIXTURE_PEOPLE = "on";
const { answerEngine, runs, state, syncStatus } = await import("./engine.mjs");
const { answerPeople } = await import("./people.mjs");
const { answerImports } = await import("./imports.mjs");

afterAll(() => vi.useRealTimers());

const folder = "../src/api/schemas/";
const schemas = Object.assign(
  {},
  ...readdirSync(folder).map((file) => JSON.parse(readFileSync(folder + file, "utf8"))),
);

const typeOf = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

// The part of JSON Schema that the program's schemas use, as sentences about what differs.
function differences(value, schema, at) {
  if (schema.$ref) return differences(value, schemas[schema.$ref.split("/").at(-1)], at);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const all = choices.map((each) => differences(value, each, at));
    return all.some((each) => each.length === 0) ? [] : all[0];
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  const fits = types.includes(type) || (type === "integer" && types.includes("number"));
  if (types.length > 0 && !fits) return [`${at} is ${type}, not ${types.join(" or ")}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is "${value}"`];
  if (type === "array" && schema.items) {
    return value.flatMap((each, i) => differences(each, schema.items, `${at}[${i}]`));
  }
  return type === "object" ? inMembers(value, schema, at) : [];
}

function inMembers(value, { properties = {}, required = [], additionalProperties }, at) {
  const missing = required.filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const rule = properties[name] ?? additionalProperties;
      if (rule === false) return [`${at}.${name} is not known`];
      return rule && rule !== true ? differences(member, rule, `${at}.${name}`) : [];
    }),
  ];
}

function ask(method, path, body = {}) {
  const [plain, search = ""] = path.split("?");
  const asked = {
    method,
    parts: plain.split("/"),
    query: new URLSearchParams(search),
    body,
    who: "ana",
    response: { setHeader: () => {} },
  };
  return (answerPeople(asked) ?? answerImports(asked) ?? answerEngine(asked))[1];
}

function whileReading(reading, answer) {
  state.reading = reading;
  const result = answer();
  state.reading = "current";
  return result;
}

const now = Date.now();
const [order] = makeOrders(now);
const answers = [
  ["Order", () => detail(order, now)],
  ["OrderPayload", () => payload(order)],
  ["RunPage", () => ({ items: runs, next_cursor: null })],
  ["SyncStatus", syncStatus],
  ["SyncAsked", () => ask("POST", "sync/runs")],
  ["SyncStatus", syncStatus],
  ["Today", () => ask("GET", "today")],
  ["Today", () => whileReading("late", () => ask("GET", "today"))],
  ["Today", () => whileReading("never", () => ask("GET", "today"))],
  ["SyncStatus", () => whileReading("never", syncStatus)],
  ["Budget", () => ask("GET", "budget")],
  ["BreakerPage", () => ask("GET", "breakers")],
  ["JobPage", () => ask("GET", "jobs")],
  ["JobDetail", () => ask("GET", "jobs/4194")],
  ["JobDetail", () => ask("GET", "jobs/4183")],
  ["JobLog", () => ask("GET", "jobs/4194/log")],
  ["Job", () => ask("POST", "jobs/4194/cancel")],
  ["Job", () => ask("POST", "jobs/4183/retry")],
  ["NodePage", () => ask("GET", "nodes")],
  ["WorkflowPage", () => ask("GET", "workflows")],
  ["Workflow", () => ask("POST", "workflows/shipstation-sync/disable", { reason: "counting" })],
  ["SyncStatus", syncStatus],
  ["Workflow", () => ask("POST", "workflows/shipstation-sync/enable")],
  ["Workflow", () => ask("POST", "workflows/kpi-snapshot/enable")],
  ["SyncAsked", () => ask("POST", "workflows/shipstation-sync/runs")],
  ["AlertPage", () => ask("GET", "alerts?state=all")],
  ["Alert", () => ask("POST", "alerts/31/resolve", { reason: "mended" })],
  ["MailState", () => ask("GET", "mail")],
  ["MailTestAsked", () => ask("POST", "mail/test", { to: "a@example.com" })],
  ["SettingPage", () => ask("GET", "settings")],
  ["Setting", () => ask("PUT", "settings/warehouse.cutoff", { value: "12:30" })],
  ["SettingChangePage", () => ask("GET", "settings/warehouse.cutoff/history")],
  ["CredentialPage", () => ask("GET", "credentials")],
  ["JobAsked", () => ask("POST", "credentials/shipstation/test")],
  ["Session", () => ask("GET", "session")],
  ["Session", () => ask("POST", "session", { name: "ana", password: "correct horse battery" })],
  ["UserPage", () => ask("GET", "users")],
  ["User", () => ask("POST", "users", { name: "cleo", role: "viewer", password: "long enough" })],
  ["User", () => ask("PATCH", "users/ben", { disabled: true })],
  ["TokenPage", () => ask("GET", "tokens")],
  ["TokenShown", () => ask("POST", "tokens", { name: "scale", role: "viewer" })],
  ["AuditPage", () => ask("GET", "audit")],
  ["ImportPage", () => ask("GET", "imports")],
  ["Import", () => ask("GET", "imports/12")],
  ["ImportFindingPage", () => ask("GET", "imports/12/findings")],
  ["ImportPreview", () => ask("POST", "imports/preview")],
  ["ImportAsked", () => ask("POST", "imports?name=a.xml")],
  ["BundlePage", () => ask("GET", "bundles")],
  [
    "Bundle",
    () => ask("PUT", "bundles/1", { active: true, components: [{ sku: "x", multiplier: 1 }] }),
  ],
  ["Problem", () => ask("PUT", "settings/warehouse.cutoff", { value: "noon" })],
];

describe("the fixture server answers as the program's schemas say", () => {
  const known = answers.filter(([name]) => name in schemas);
  it.each(known)("%s", (name, answer) => {
    expect(differences(answer(), schemas[name], name)).toEqual([]);
  });
});
