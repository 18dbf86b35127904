// Invented jobs, workflows, alerts, settings and people in the shapes of the HTTP interface, with
// just enough life: a job runs on, a switch moves, an alert closes. State lives in this process.
import { run } from "./data.mjs";

const minute = 60_000;
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const start = Date.now();
const ago = (minutes) => iso(start - minutes * minute);

const list = (items) => ({ items, next_cursor: null });

export function problem(status, detail, errors) {
  return [
    status,
    { type: "about:blank", title: "Refused", status, detail, ...(errors && { errors }) },
  ];
}

// ------------------------------------------------------------------------------------ events
const streams = new Set();
let eventId = 100;

export function publish(event, data) {
  eventId += 1;
  for (const stream of streams) {
    stream.write(`id: ${eventId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

// `reading`: how ShipStation stands to be read, as journeys want it.
export const state = { build: "fixture", reading: "current" };

export function hello() {
  publish("hello", { build: state.build, now: new Date().toISOString() });
}

export function openStream(response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write("retry: 500\n\n");
  streams.add(response);
  response.on("close", () => streams.delete(response));
  const data = JSON.stringify({ build: state.build, now: new Date().toISOString() });
  response.write(`event: hello\ndata: ${data}\n\n`);
}

// ------------------------------------------------------------------------------------ runs, jobs
const outcomes = { 3: "partial", 9: "failed", 15: "skipped" };
export const runs = Array.from({ length: 30 }, (_, i) =>
  run(
    `8f1d${String(99 - i).padStart(4, "0")}c0de`,
    start - 40_000 - i * 300_000,
    outcomes[i] ?? "ok",
  ),
);

let lastJob = 4182;
const jobs = new Map();
const logs = new Map();

function makeJob(kind, more = {}) {
  lastJob += 1;
  const job = {
    job_id: lastJob,
    kind,
    state: "available",
    priority: 2,
    asked_by: "schedule",
    why: "every 5 minutes",
    enqueued_at: iso(Date.now()),
    run_at: iso(Date.now()),
    started_at: null,
    finished_at: null,
    duration_ms: null,
    attempt: 0,
    max_attempts: 5,
    node: null,
    run_id: null,
    phase: "",
    progress: { done: 0, total: 0 },
    outcome: null,
    message: "",
    cancel_requested: false,
    needs: [],
    redrive_of: null,
    args: { account: "main" },
    result: null,
    attempts: [],
    ...more,
  };
  jobs.set(job.job_id, job);
  logs.set(job.job_id, []);
  return job;
}

function log(job, text, level = "info") {
  const lines = logs.get(job.job_id);
  lines.push({ id: job.job_id * 1000 + lines.length, at: iso(Date.now()), level, text });
}

function begin(job, runId) {
  job.state = "running";
  job.started_at = iso(Date.now());
  job.attempt = 1;
  job.node = "pc-packing:4711";
  job.run_id = runId;
  job.attempts = [
    {
      attempt: 1,
      run_id: runId ?? `j${job.job_id}`,
      node: job.node,
      started_at: job.started_at,
      ended_at: null,
      outcome: "running",
      message: "",
    },
  ];
}

function end(job, jobState, message) {
  job.state = jobState;
  job.finished_at = iso(Date.now());
  job.duration_ms = Date.now() - Date.parse(job.started_at ?? job.enqueued_at);
  job.outcome = { done: "ok", dead: "failed", cancelled: "cancelled" }[jobState];
  job.message = message;
  for (const attempt of job.attempts) {
    attempt.ended_at ??= job.finished_at;
    if (attempt.outcome === "running") attempt.outcome = job.outcome;
    attempt.message ||= message;
  }
  publish("job.done", { job_id: job.job_id, kind: job.kind, outcome: job.outcome, message });
}

function step(job, done, total, phase) {
  job.progress = { done, total };
  job.phase = phase;
  log(job, `${phase}: ${done} of ${total}`);
  publish("job.progress", { job_id: job.job_id, kind: job.kind, done, total, phase });
}

function past(kind, jobState, minutes, message, more = {}) {
  const job = makeJob(kind, { enqueued_at: ago(minutes), ...more });
  begin(job, runs[Math.min(minutes, 29)].run_id);
  job.started_at = ago(minutes);
  job.attempts[0].started_at = ago(minutes);
  log(job, "Started");
  log(job, "ShipStation answered slowly (2.1 s)", "warning");
  if (jobState === "dead") log(job, message, "error");
  job.state = jobState;
  job.finished_at = iso(start - minutes * minute + 6_200);
  job.duration_ms = 6_200;
  job.outcome = jobState === "dead" ? "failed" : "ok";
  job.message = message;
  Object.assign(job.attempts[0], {
    ended_at: job.finished_at,
    outcome: job.outcome,
    message,
  });
  return job;
}

past("shipstation-sync", "dead", 320, "ShipStation did not answer (timeout after 60 s).");
for (let i = 8; i > 0; i -= 1) {
  past("shipstation-sync", "done", i * 5, "2 manual orders imported, 9 status updates");
}
past("mail.test", "done", 3, "The server took the message.", {
  asked_by: "user:ana",
  why: "asked by a person",
});
makeJob("kpi-snapshot", {
  state: "waiting",
  why: "daily at 00:05",
  run_at: iso(start + 300 * minute),
});
// A long one, to be watched and cancelled.
const long = makeJob("shipstation-reconcile", {
  asked_by: "user:ana",
  why: "asked by a person",
  enqueued_at: ago(2),
});
begin(long, "8f1e0001c0de");
long.started_at = ago(2);
log(long, "Comparing 4,210 orders with ShipStation");
step(long, 640, 4210, "Comparing orders");
log(long, "Order 696283 differs in its ship date; ShipStation is right", "warning");

const brief = ({ args, result, attempts, ...job }) => job;

function listJobs(query) {
  const all = [...jobs.values()].toReversed();
  const counts = { waiting: 0, available: 0, running: 0, done: 0, cancelled: 0, dead: 0 };
  for (const job of all) counts[job.state] += 1;
  const found = all.filter(
    (job) =>
      (!query.get("state") || job.state === query.get("state")) &&
      (!query.get("kind") || job.kind === query.get("kind")),
  );
  return { items: found.map(brief), next_cursor: null, counts };
}

function cancel(job) {
  if (!["waiting", "available", "running"].includes(job.state)) {
    return problem(409, "The job has ended already.");
  }
  job.cancel_requested = true;
  log(job, "A person asks to cancel", "warning");
  publish("job.changed", { job_id: job.job_id, kind: job.kind, state: job.state });
  setTimeout(() => {
    end(job, "cancelled", "Cancelled by a person. What was done so far is kept.");
  }, 400);
  return [202, brief(job)];
}

function answerJobs(method, [id, below], query) {
  if (!id) return [200, listJobs(query)];
  const job = jobs.get(Number(id));
  if (!job) return problem(404, `There is no job ${id}.`);
  if (method === "GET" && !below) return [200, job];
  if (method === "GET" && below === "log") {
    const after = Number(query.get("after") ?? 0);
    const items = logs.get(job.job_id).filter((line) => line.id > after);
    return [200, { items, next_after: items.at(-1)?.id ?? null }];
  }
  if (below === "cancel") return cancel(job);
  const again = makeJob(job.kind, { asked_by: "user:ana", redrive_of: job.job_id });
  begin(again, null);
  setTimeout(() => end(again, "done", "Done again, without an error."), 300);
  return [202, brief(again)];
}

// ------------------------------------------------------------------------------------ the sync
const stepMs = 350;
const total = 112;

// Held, a sync stays before its end, for whoever must see it run on a slow machine.
let held = false;
let waiting = [];
const whenLetGo = (act) => (held ? waiting.push(act) : act());

export function hold() {
  held = true;
}

export function letGo() {
  held = false;
  for (const act of waiting) act();
  waiting = [];
}

export function startSync(kind = "shipstation-sync") {
  if (runs[0].outcome === "running") {
    const job = [...jobs.values()].find(({ run_id }) => run_id === runs[0].run_id);
    return { run_id: runs[0].run_id, job_id: job.job_id, already_running: true };
  }
  const job = makeJob(kind, { asked_by: "user:ana", why: "asked by a person", priority: 0 });
  const id = `a${Date.now().toString(16)}`;
  const began = Date.now();
  begin(job, id);
  const asked = { why: "asked by a person", asked_by: "user:ana", job_id: job.job_id };
  runs.unshift(run(id, began, "running", asked));
  runs.length = 30;
  const move = (done) => {
    runs[0].progress = { done, total, phase: "Reading orders" };
    step(job, done, total, "Reading orders");
  };
  const last = () => {
    const ms = Date.now() - began;
    runs[0] = run(id, began, "ok", { ...asked, duration_ms: ms });
    runs[0].finished_at = iso(Date.now());
    end(job, "done", "2 manual orders imported, 9 status updates");
    publish("sync.run", { run_id: id, outcome: "ok" });
  };
  move(0);
  for (const part of [1, 2, 3]) setTimeout(() => move(part * 28), part * stepMs);
  setTimeout(() => whenLetGo(last), 4 * stepMs);
  publish("sync.run", { run_id: id, outcome: "running" });
  return { run_id: id, job_id: job.job_id, already_running: false };
}

export function syncStatus() {
  const last = runs[0];
  const running = last.outcome === "running";
  const finished = runs.find((each) => each.outcome !== "running");
  const on = workflows[0].enabled;
  return {
    workflow: "shipstation-sync",
    state:
      state.reading === "never" ? "not_set_up" : running ? "running" : on ? "waiting" : "disabled",
    watermark: finished.watermark.after,
    read_until: finished.read_until,
    lag_seconds: 51,
    last_run: last,
    next_run_at: on ? iso(Date.parse(last.started_at) + 300_000) : null,
    interval_seconds: 300,
    lease: running
      ? { held_by: "pc-packing:4711", run_id: last.run_id, until: iso(Date.now() + 60_000) }
      : null,
    off: on
      ? null
      : { reason: workflows[0].reason, by: workflows[0].changed_by, at: workflows[0].changed_at },
    budget: { used: 12, limit: 38, window_seconds: 60, blocked_until: null },
    quarantine_open: 1,
    warnings: [],
    as_of: iso(Date.now()),
  };
}

// ------------------------------------------------------------------------------------ workflows
const briefRun = ({ run_id, outcome, started_at, finished_at, duration_ms, message }) => ({
  run_id,
  outcome,
  started_at,
  finished_at,
  duration_ms,
  message,
});

function workflow(name, description, more = {}) {
  return {
    name,
    description,
    state: "on",
    enabled: true,
    reason: "",
    changed_at: null,
    changed_by: "",
    effect_of_off: "Orders in Tallyman stay as they are now until it is switched on again.",
    schedule: {
      text: "every 5 minutes",
      kind: "interval",
      interval_minutes: 5,
      daily_at: null,
      business_hours: false,
    },
    next_run_at: iso(Date.now() + 4 * minute),
    missed: { ticks: 0, last_at: null },
    warning: null,
    running_job_id: null,
    p95_ms: 6200,
    ...more,
  };
}

const daily = (at) => ({
  text: `daily at ${at}`,
  kind: "daily",
  interval_minutes: null,
  daily_at: at,
  business_hours: false,
});

const workflows = [
  workflow("shipstation-sync", "Reads what changed in ShipStation and keeps the order book true."),
  workflow("shipstation-reconcile", "Compares every order with ShipStation, once a night.", {
    schedule: daily("02:30"),
    next_run_at: iso(start + 300 * minute),
    missed: { ticks: 2, last_at: ago(700) },
    effect_of_off: "Differences that the sync cannot see are not found any more.",
    running_job_id: long.job_id,
  }),
  workflow("kpi-snapshot", "Writes down the figures of the day.", {
    enabled: false,
    state: "off",
    reason: "counted by hand this week",
    changed_at: ago(4000),
    changed_by: "user:ana",
    schedule: daily("00:05"),
    next_run_at: null,
    p95_ms: 210,
  }),
  workflow("order-polling", "Brings the shop's orders.", {
    state: "not_set_up",
    schedule: { ...daily("00:00"), text: "every 10 minutes", kind: "interval" },
    next_run_at: null,
    p95_ms: null,
  }),
];

function shown(of) {
  const mine = of.name === "shipstation-sync" ? runs : runs.slice(of.p95_ms === null ? 30 : 18);
  const briefs = mine.map(briefRun).toReversed();
  return { ...of, last_run: briefs.at(-1) ?? null, runs: briefs };
}

function answerWorkflows(method, [name, below], body, who) {
  if (!name) return [200, list(workflows.map(shown))];
  const of = workflows.find((each) => each.name === name);
  if (!of) return problem(404, `There is no workflow ${name}.`);
  if (method === "GET") return [200, shown(of)];
  if (below === "runs") {
    const { job_id, already_running } = startSync(name);
    return [202, { job_id, run_id: null, already_running, held_by: null }];
  }
  const reason = body.reason ?? "";
  if (below === "disable" && reason.length < 3) {
    return problem(422, "A reason is needed.", [{ pointer: "/reason", detail: "Say why." }]);
  }
  of.enabled = below === "enable";
  Object.assign(of, {
    state: of.enabled ? "on" : "off",
    reason,
    changed_at: iso(Date.now()),
    changed_by: `user:${who}`,
    next_run_at: of.enabled ? iso(Date.now() + 5 * minute) : null,
  });
  publish("workflow.changed", { name });
  return [200, shown(of)];
}

// ------------------------------------------------------------------------------------ alerts
function alert(id, severity, title, more = {}) {
  return {
    id,
    rule: "watermark_still",
    subject: "",
    severity,
    state: "open",
    title,
    detail: "",
    evidence: "/sync",
    owner: null,
    opened_at: ago(72),
    last_seen_at: ago(1),
    seen: 14,
    acknowledged_at: null,
    acknowledged_by: null,
    snoozed_until: null,
    resolved_at: null,
    resolved_by: null,
    resolution: null,
    mailed_at: ago(71),
    ...more,
  };
}

const alerts = [
  alert(31, "critical", "The sync's watermark has not moved for 2 h", {
    detail: "The last run that moved it was at 10:58. Orders changed since then are not read.",
  }),
  alert(30, "warning", "An order is in quarantine", {
    rule: "quarantine",
    subject: "696278",
    detail: "Its payload could not be read: items[2].unitPrice: expected a number.",
    evidence: "/orders/696278",
    owner: "ana",
    acknowledged_at: ago(50),
    acknowledged_by: "user:ana",
  }),
  alert(29, "info", "The nightly reconcile was missed twice", { evidence: "/workflows" }),
  alert(12, "warning", "A run took longer than 60 s", {
    state: "resolved",
    resolved_at: ago(3000),
    resolved_by: "user:ana",
    resolution: "ShipStation was slow that night",
  }),
];

function listAlerts(query) {
  const wanted = query.get("state") ?? "open";
  const open = alerts.filter((each) => each.state === "open");
  const of = (severity) => open.filter((each) => each.severity === severity).length;
  return {
    items: alerts.filter(
      ({ state: is }) => wanted === "all" || (is === "resolved") === (wanted === "resolved"),
    ),
    next_cursor: null,
    counts: {
      open: alerts.filter((each) => each.state !== "resolved").length,
      critical: of("critical"),
      warning: of("warning"),
      info: of("info"),
      snoozed: alerts.filter((each) => each.state === "snoozed").length,
      acknowledged: open.filter((each) => each.acknowledged_at).length,
    },
  };
}

function answerAlerts(method, [id, below], query, body, who) {
  if (method === "GET") return [200, listAlerts(query)];
  const of = alerts.find((each) => String(each.id) === id);
  if (!of) return problem(404, "There is no such alert.");
  const now = iso(Date.now());
  const by = `user:${who}`;
  if (below === "ack")
    Object.assign(of, { owner: body.owner ?? who, acknowledged_at: now, acknowledged_by: by });
  if (below === "snooze")
    Object.assign(of, {
      state: "snoozed",
      snoozed_until: iso(Date.now() + body.hours * 3_600_000),
    });
  if (below === "resolve")
    Object.assign(of, {
      state: "resolved",
      resolved_at: now,
      resolved_by: by,
      resolution: body.reason,
    });
  publish("alert.closed", { id: of.id, severity: of.severity });
  return [200, of];
}

// ------------------------------------------------------------------------------------ settings
function setting(key, category, description, value, allowed, more = {}) {
  return {
    key,
    category,
    value,
    default: value,
    allowed,
    description,
    editable: true,
    origin: "default",
    warning: null,
    changed_at: null,
    changed_by: null,
    ...more,
  };
}

const settings = [
  setting(
    "warehouse.cutoff",
    "warehouse",
    "Cut-off of the day",
    "12:00",
    "a time of day, 00:00–23:59",
  ),
  setting(
    "warehouse.business_hours",
    "warehouse",
    "Business hours",
    "Mon-Fri 06:00-18:00",
    "days and two times of day",
    { origin: "database", changed_at: ago(4000), changed_by: "user:ana" },
  ),
  setting(
    "warehouse.zone",
    "times",
    "Time zone",
    "America/Chicago",
    "a name of the zone database",
    {
      editable: false,
      origin: "tallyman.toml, line 4",
    },
  ),
  setting(
    "orders.key_skus",
    "orders",
    "Key SKUs",
    "17612, 17904, 17914, 18675, 18795",
    "SKUs with commas between them",
  ),
  setting("schedule.shipstation-sync", "schedule", "When the sync runs", "every 5 minutes", "text"),
];
const histories = new Map();

function answerSettings(method, [key, below], body, who) {
  if (!key) return [200, list(settings)];
  const of = settings.find((each) => each.key === key);
  if (!of) return problem(404, `There is no setting ${key}.`);
  if (below === "history") return [200, list(histories.get(key) ?? [])];
  const value = method === "DELETE" ? null : body.value;
  if (key === "warehouse.cutoff" && value !== null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) {
    const detail = `"${value}" is not a time of day, 00:00–23:59.`;
    return problem(422, "The setting was not changed.", [{ pointer: "/value", detail }]);
  }
  histories.set(key, [
    {
      at: iso(Date.now()),
      who: `user:${who}`,
      old_value: of.value,
      new_value: value,
      reason: body.reason ?? "",
    },
    ...(histories.get(key) ?? []),
  ]);
  Object.assign(of, {
    value: value ?? of.default,
    origin: value === null ? "default" : "database",
    changed_at: iso(Date.now()),
    changed_by: `user:${who}`,
  });
  publish("settings.changed", { key });
  return [200, of];
}

// ------------------------------------------------------------------------------------ today
const proven = {
  proven: true,
  proof: "The last run read everything ShipStation had until then.",
  reading: "current",
};

function tile(key, label, value, unit, more = {}) {
  return {
    key,
    label,
    value,
    unit,
    second: null,
    second_label: null,
    difference: null,
    because: [],
    link: "/sync",
    as_of: iso(Date.now()),
    ...proven,
    ...more,
  };
}

const sinceAnHour = { as_of: ago(60), proven: false, proof: "Not read since an hour ago." };
const since = () => ({ ...sinceAnHour, reading: state.reading });

// What Today says while ShipStation was never read, or not for long.
function unread(tiles, attention) {
  for (const each of tiles) {
    if (["quarantined", "budget_used"].includes(each.key)) continue;
    Object.assign(each, since());
    if (state.reading === "never") Object.assign(each, { value: null, second: null, because: [] });
  }
  attention.unshift({
    kind: "run",
    title: "The last run failed",
    subject: "shipstation-sync",
    detail: "ShipStation did not answer in time. Nothing is lost; it is tried again by itself.",
    technical: "Reading orders from ShipStation: timeout (timeout: operation timed out, curl 28).",
    since: ago(60),
    severity: "critical",
    link: "/sync",
  });
}

function today() {
  const tiles = [
    tile("shipped_today", "Shipped today", 31, "units", { second: 23, second_label: "orders" }),
    tile("awaiting_orders", "Awaiting shipment", 31, "orders", {
      second: 84,
      second_label: "units",
    }),
    tile("units_to_ship", "Units to ship", 82, "units", {
      second: 84,
      second_label: "in ShipStation",
      difference: 2,
      because: ["Ghost order 100528: 2 units"],
      proven: false,
      proof: "Order 100528 has no items yet.",
    }),
    tile("watermark_age_minutes", "ShipStation read", 1, "minutes", { link: "/sync" }),
    tile("shipped_7_days", "Shipped in 7 days", 1260, "units"),
    tile("on_hold", "On hold", 7, "units", {
      second: 2,
      second_label: "orders",
      link: "/orders?status=on_hold",
    }),
    tile("quarantined", "In quarantine", 1, "documents"),
    tile("budget_used", "API requests in the last minute", 12, "requests", {
      second: 38,
      second_label: "allowed",
      link: "/sync",
    }),
  ];
  const attention = alerts
    .filter((each) => each.state === "open")
    .map(({ title, subject, detail, opened_at, severity, evidence }) => ({
      kind: "alert",
      title,
      subject,
      detail,
      technical: null,
      since: opened_at,
      severity,
      link: evidence,
    }));
  if (state.reading !== "current") unread(tiles, attention);
  return {
    date: "2025-11-07",
    weekday: "Friday",
    zone: "America/Chicago",
    cutoff: { time: "12:00", passed: false, minutes_left: 42 },
    as_of: iso(Date.now()),
    ...proven,
    tiles,
    attention,
    attention_total: attention.length,
    last_sync: state.reading === "never" ? null : { ...briefRun(runs[0]), technical: null },
    ...(state.reading !== "current" && since()),
  };
}

// ------------------------------------------------------------------------------------ the rest
function testJob(kind, message) {
  const job = makeJob(kind, { asked_by: "user:ana", why: "asked by a person" });
  begin(job, null);
  setTimeout(() => end(job, "done", message), 200);
  return [202, { job_id: job.job_id }];
}

const credentials = [
  {
    partner: "shipstation",
    name: "API key",
    set: true,
    ends_in: "c2",
    last_accepted_at: ago(1),
    last_refused_at: null,
    message: "",
  },
  {
    partner: "shopify",
    name: "Access token",
    set: false,
    ends_in: null,
    last_accepted_at: null,
    last_refused_at: null,
    message: "",
  },
];

const mail = {
  configured: true,
  server: "mail.example.com:587",
  from: "tallyman@example.com",
  alerts_to: ["warehouse@example.com"],
  last_sent_at: ago(71),
  last_failure: null,
};

const nodes = [
  {
    node_id: "1",
    holder: "pc-packing:4711",
    version: "0.2.0",
    started_at: ago(400),
    heartbeat_at: ago(0),
    state: "up",
    running: 1,
  },
];

const budget = () => ({
  partner: "shipstation",
  limit: 38,
  used: 12,
  used_by_people: 2,
  people_floor: 4,
  background_limit: 34,
  window_seconds: 60,
  blocked_until: null,
  last_429_at: ago(5000),
  as_of: iso(Date.now()),
});

const breakers = [
  {
    partner: "shipstation",
    state: "closed",
    failures: 0,
    reason: "",
    opened_at: null,
    next_probe_at: null,
  },
];

// Answers what belongs here, or nothing.
export function answerEngine({ method, parts, query, body, who }) {
  const [subject, ...below] = parts;
  const act = `${method} ${parts.join("/")}`;
  if (act === "POST sync/runs") {
    const { job_id, already_running } = startSync();
    return [202, { job_id, run_id: null, already_running, held_by: null }];
  }
  if (act === "POST mail/test") return testJob("mail.test", "The server took the message.");
  if (subject === "credentials" && method === "POST") {
    const [status, { job_id }] = testJob("credential.test", "ShipStation took the key.");
    return [status, { job_id, already_running: false }];
  }
  const plain = { credentials: list(credentials), mail, nodes: list(nodes) };
  if (method === "GET" && subject in plain) return [200, plain[subject]];
  if (act === "GET budget") return [200, budget()];
  if (act === "GET breakers") return [200, list(breakers)];
  if (act === "GET today") return [200, today()];
  if (subject === "jobs") return answerJobs(method, below, query);
  if (subject === "workflows") return answerWorkflows(method, below, body, who);
  if (subject === "alerts") return answerAlerts(method, below, query, body, who);
  if (subject === "settings") return answerSettings(method, below, body, who);
  return null;
}
