// Invented files of the shop and bundles, in the shapes of the HTTP interface.
import { problem } from "./engine.mjs";

const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const minute = 60_000;

const none = {
  orders: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  quarantined: 0,
  deferred: 0,
  lines_dropped: 0,
};

const file = (id, outcome, ago, changes = {}) => ({
  id,
  name: "orders.xml",
  source: "folder",
  size_bytes: 402_113,
  sha256: "9f".repeat(32),
  received_at: iso(Date.now() - ago * minute),
  received_by: "schedule",
  job_id: 4100 + id,
  run_id: "a1b2c3",
  outcome,
  finished_at: outcome === "waiting" ? null : iso(Date.now() - ago * minute + 2_000),
  message: "500 orders: 3 new, 1 changed, 493 unchanged, 2 left out. 1 in quarantine.",
  encoding: "ISO-8859-1",
  counts: {
    ...none,
    orders: 500,
    inserted: 3,
    updated: 1,
    unchanged: 493,
    skipped: 2,
    quarantined: 1,
    lines_dropped: 2,
  },
  ...changes,
});

const files = [
  file(12, "partial", 4),
  file(11, "refused", 64, {
    message: "Refused: line 2, column 1: a document type declaration, which is refused.",
    encoding: null,
    counts: none,
    source: "upload",
    received_by: "user:ana",
    name: "monday.xml",
  }),
  file(10, "ok", 24 * 60, {
    message: "500 orders: 2 new, 0 changed, 498 unchanged, 0 left out.",
    counts: { ...none, orders: 500, inserted: 2, unchanged: 498 },
  }),
];

const finding = (kind, order, line, column, reason, sku = null, quantity = null) => ({
  kind,
  order_number: order,
  line,
  column,
  sku,
  quantity,
  reason,
});

const findings = [
  finding("line_dropped", "700105", 31, 61, "from bundle 18315, no key SKU", "17975", 15),
  finding("order_skipped", "698955", 88, 3, "older than 60 days"),
  finding(
    "quarantined",
    "703215",
    324,
    40,
    'date2: expected a date such as 2026-11-20; got "2026-13-45"',
  ),
  finding("order_skipped", "700335", 402, 3, "no key SKU in it"),
  finding("line_dropped", "700335", 409, 22, "neither a key SKU nor a bundle", "18999", 2),
];

const bundle = (sku, description, components, changes = {}) => ({
  sku,
  description,
  active: true,
  components: components.map(([part, multiplier]) => ({ sku: part, multiplier })),
  units: components.map(([part, units]) => ({ sku: part, units, key: part !== "17975" })),
  problem: null,
  updated_at: iso(Date.now() - 90 * minute),
  ...changes,
});

const bundles = [
  bundle("18235", "Fifteen PT Kits", [["17612", 15]]),
  bundle("18315", "Fifteen and a gift", [
    ["17612", 15],
    ["17975", 1],
  ]),
  bundle("18605", "Clinic starter", [
    ["17612", 4],
    ["17904", 1],
    ["17914", 1],
  ]),
  bundle("18999", "Not sold any more", [["17612", 2]], {
    active: false,
    units: [{ sku: "18999", units: 1, key: false }],
  }),
];

let nextImport = 13;

function take(name) {
  const id = nextImport;
  nextImport += 1;
  files.unshift(
    file(id, "ok", 0, {
      name,
      source: "upload",
      received_by: "user:ana",
      message: "499 orders: 499 new, 0 changed, 0 unchanged, 0 left out.",
      counts: { ...none, orders: 499, inserted: 499 },
    }),
  );
  return [202, { import_id: id, job_id: 4100 + id }];
}

const preview = () => ({
  outcome: "partial",
  message: "500 orders: 499 new, 0 changed, 0 unchanged, 0 left out. 1 in quarantine.",
  encoding: "ISO-8859-1",
  counts: { ...none, orders: 500, inserted: 499, quarantined: 1 },
  findings: [findings[2]],
  findings_total: 1,
});

function answerOne([id, below], query) {
  const found = files.find((each) => String(each.id) === id);
  if (!found) return problem(404, "There is no import with this id.");
  if (below !== "findings") return [200, found];
  const kind = query.get("kind");
  const of = found.outcome === "partial" ? findings : [];
  const items = of.filter((each) => !kind || each.kind === kind);
  return [200, { items, next_cursor: null }];
}

function putBundle(sku, body) {
  const parts = body.components.map(({ sku: part, multiplier }) => [part, multiplier]);
  if (parts.some(([part]) => part === sku)) {
    return problem(400, `Bundle ${sku} contains itself: ${sku} → ${sku}.`);
  }
  const made = bundle(sku, body.description ?? "", parts, { active: body.active });
  const place = bundles.findIndex((each) => each.sku === sku);
  if (place < 0) bundles.push(made);
  else bundles[place] = made;
  return [200, made];
}

// Answers what belongs here, or nothing.
export function answerImports({ method, parts, query, body }) {
  const [subject, ...below] = parts;
  if (subject === "bundles") {
    if (method === "PUT") return putBundle(below[0], body);
    return [200, { items: bundles, next_cursor: null }];
  }
  if (subject !== "imports") return null;
  if (method === "POST") {
    return below[0] === "preview" ? [200, preview()] : take(query.get("name") ?? "orders.xml");
  }
  if (below.length > 0) return answerOne(below, query);
  return [200, { items: files, next_cursor: null, folder: "/srv/shop", file_name: "orders.xml" }];
}
