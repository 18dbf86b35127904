// Invented orders and runs in the shapes of the HTTP interface, for looking at the pages and for
// their browser tests without the real program. The same at every start, but for "now".

const minute = 60_000;
const skus = ["17612", "17904", "17914", "18675", "18795"];
const lots = { 17612: "250340", 17904: "250216", 17914: "250297", 18675: "240231", 18795: null };
const names = {
  17612: "PT Kit",
  17904: "Travel Kit",
  17914: "PPR Kit",
  18675: "Ortho Protect",
  18795: "OraPro Paste",
};
const customers = ["Example Dental", "Sample Clinic", "Example Dental North", "A Example"];
const services = [
  ["fedex", "FedEx Ground"],
  ["fedex", "FedEx 2Day"],
  ["usps", "USPS Priority Mail"],
];

const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

function statusOf(i) {
  if (i < 31) return "awaiting_shipment";
  if (i < 33) return "on_hold";
  if (i < 34) return "awaiting_payment";
  if (i < 40) return "cancelled";
  if (i < 41) return "reserved_by_shop";
  return "shipped";
}

function flagsOf(i) {
  if (i === 2) {
    return [
      { kind: "case", text: "Number 696283 belongs to two ShipStation orders. A person decides." },
      { kind: "provisional", text: "Shipment not read yet." },
    ];
  }
  if (i === 5) return [{ kind: "ghost", text: "The order arrived without items." }];
  if (i === 7) return [{ kind: "quarantined", text: "The payload could not be read." }];
  if (i === 40) return [{ kind: "unknown_status", text: 'ShipStation says "reserved_by_shop".' }];
  if (i === 44) return [{ kind: "provisional", text: "Marked as shipped, no shipment read yet." }];
  return [];
}

function linesOf(i) {
  if (i === 5) return [];
  const sku = i % 20 === 0 ? skus[(i / 20) % 5] : "17612";
  const line = (of, quantity) => ({
    sku: of,
    lot: lots[of],
    quantity,
    name: names[of],
    unit_price_cents: 4500,
  });
  const lines = [line(sku, (i % 4) + 1)];
  if (i % 6 === 1) lines.push(line("17914", 2));
  return lines;
}

function order(i, start) {
  const manual = i % 5 === 3 || i === 5;
  const status = statusOf(i);
  const shipped = status === "shipped";
  const lines = linesOf(i);
  const [carrier, service] = services[i % 3];
  const updated = start - minute * (i < 40 ? 3 + i * 17 : 90 + i * 41);
  return {
    order_number: manual ? String(100533 - i) : String(696285 - i),
    status,
    source_system: manual ? "ShipStation Manual" : "X-Cart",
    order_date: iso(updated - 26 * 60 * minute).slice(0, 10),
    customer: i % 11 === 6 ? null : customers[i % 4],
    total_items: lines.reduce((sum, line) => sum + line.quantity, 0),
    lines,
    carrier: shipped || i % 3 === 0 ? carrier : null,
    service: shipped || i % 3 === 0 ? service : null,
    tracking_numbers: shipped
      ? [`94001118995612345678${String(10 + (i % 90))}`].concat(i === 46 ? ["794699990046"] : [])
      : [],
    flags: flagsOf(i),
    shipstation_order_ids: [String(918273000 + i)],
    updated_at: iso(updated),
  };
}

export function makeOrders(start) {
  return Array.from({ length: 470 }, (_, i) => order(i, start)).sort((a, b) =>
    a.updated_at < b.updated_at ? 1 : -1,
  );
}

function address(of) {
  return {
    name: "A Example",
    company: of.customer,
    street1: "1 Sample Street",
    street2: null,
    street3: null,
    city: "Springfield",
    state: "IL",
    postal_code: "62701",
    country: "US",
    phone: null,
  };
}

function timeline(of) {
  const at = (minutes) => iso(Date.parse(of.updated_at) - minutes * minute);
  const event = (id, minutes, tone, title, more = {}) => ({
    id,
    at: at(minutes),
    kind: "seen",
    title,
    detail: "",
    source: tone === "elsewhere" ? "shipstation" : "tallyman",
    run_id: `8f1d00${id}aa`,
    rule: null,
    by: null,
    changes: [],
    has_payload: false,
    tone,
    ...more,
  });
  const change = (field, before, after) => ({ field, before, after });
  const shipped = of.status === "shipped";
  const imported =
    of.source_system === "ShipStation Manual"
      ? "number starts with 10, key SKU, not of local origin"
      : "known by number, uploaded by us";
  return [
    shipped &&
      event(9, 0, "ours", "Moved to history", {
        detail: `${of.total_items} units shipped`,
        changes: [change("status", "awaiting_shipment", "shipped")],
      }),
    shipped &&
      event(8, 1, "elsewhere", "Shipped", {
        detail: of.service,
        changes: [change("tracking_number", null, of.tracking_numbers[0])],
        has_payload: true,
      }),
    event(7, 130, "ours", "Items backfilled", {
      detail: "2 × 17612 added",
      changes: [change("total_items", "0", String(of.total_items))],
    }),
    event(6, 136, "problem", "Marked as ghost", { detail: "0 items after import" }),
    event(5, 150, "elsewhere", "Address changed", {
      changes: [change("ship_street1", "1 Old Sample Street", "1 Sample Street")],
    }),
    event(4, 160, "elsewhere", "Released from hold", {
      changes: [change("status", "on_hold", "awaiting_shipment")],
    }),
    event(3, 170, "elsewhere", "Put on hold", {
      changes: [change("status", "awaiting_shipment", "on_hold")],
    }),
    event(2, 180, "ours", "Imported as manual order", { rule: imported, has_payload: true }),
    event(1, 1600, "elsewhere", "Created in ShipStation", { run_id: null }),
  ].filter(Boolean);
}

export function detail(of, now) {
  const shipped = of.status === "shipped";
  const manual = of.source_system === "ShipStation Manual";
  return {
    order: {
      ...of,
      ship_to: address(of),
      bill_to: address(of),
      customer_email: "orders@example.com",
      total_amount_cents: of.total_items * 4500,
      currency: "USD",
      ship_date: shipped ? of.updated_at.slice(0, 10) : null,
    },
    why: manual
      ? "Someone created it by hand in ShipStation. Its number starts with 10 and it contains a key product (17612), so the sync imported it. It arrived without items and was repaired six minutes later."
      : "The shop's export brought it, tallyman uploaded it to ShipStation, and the sync keeps it up to date since then.",
    items: of.lines,
    shipments: of.tracking_numbers.map((number, i) => ({
      shipment_id: String(55000000 + i),
      ship_date: of.updated_at.slice(0, 10),
      carrier: of.carrier,
      service: of.service,
      tracking_number: number,
      voided: i === 1,
      items: of.lines,
      cost_cents: 861,
    })),
    timeline: timeline(of),
    as_of: iso(now),
    proven: true,
    proof: "The last run read everything ShipStation had until then.",
    reading: "current",
  };
}

export function payload(of) {
  return {
    documents: of.shipstation_order_ids.map((id) => ({
      shipstation_order_id: id,
      seen_at: of.updated_at,
      document: {
        orderId: Number(id),
        orderNumber: of.order_number,
        orderStatus: of.status,
        items: of.lines.map((line) => ({
          sku: line.lot ? `${line.sku} - ${line.lot}` : line.sku,
          quantity: line.quantity,
        })),
      },
    })),
  };
}

export function run(id, startedAt, outcome, numbers = {}) {
  const done = outcome !== "running";
  const text = {
    failed: "ShipStation did not answer (timeout after 60 s). The watermark has not moved.",
    partial: "1 order went to quarantine, 11 were applied.",
    running: "",
  };
  return {
    run_id: id,
    workflow: "shipstation-sync",
    mode: "live",
    asked_by: "schedule",
    job_id: null,
    failure: null,
    window: { from: iso(startedAt - 300_000), until: iso(startedAt) },
    warnings: [],
    outcome,
    why: "schedule",
    started_at: iso(startedAt),
    finished_at: done ? iso(startedAt + 6200) : null,
    duration_ms: done ? 6200 : null,
    message: outcome in text ? text[outcome] : "2 manual orders imported, 9 status updates",
    manual_orders_imported: 2,
    status_updates: 9,
    received: 112,
    applied: 11,
    unchanged: 97,
    skipped: { "not ours": 3, "manual number without a key SKU": 1 },
    quarantined: 0,
    deferred: 0,
    requests: 3,
    source_total: 112,
    watermark: { before: iso(startedAt - 300_000), after: done ? iso(startedAt - 51_000) : null },
    read_until: done ? iso(startedAt - 5_000) : null,
    progress: done
      ? { done: 112, total: 112, phase: "" }
      : { done: 56, total: 112, phase: "Reading orders" },
    ...numbers,
  };
}
