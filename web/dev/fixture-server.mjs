// Serves dist/ with the security headers of the real program and invented data behind /api/v1.
//   node dev/fixture-server.mjs [PORT]     prints the address; 0 picks a free port
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { detail, makeOrders, payload, run } from "./data.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
// The same as src/api/pages.cpp, security_headers().
const securityHeaders = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types tallyman",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
};

const start = Date.now();
const orders = makeOrders(start);
const outcomes = { 3: "partial", 9: "failed", 15: "skipped" };
const runs = Array.from({ length: 30 }, (_, i) =>
  run(
    `8f1d${String(99 - i).padStart(4, "0")}c0de`,
    start - 40_000 - i * 300_000,
    outcomes[i] ?? "ok",
  ),
);
const runMs = 1_500; // how long a run that was started here takes

const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const needsAttention = (order) =>
  order.flags.some((flag) => ["case", "quarantined"].includes(flag.kind));

function counts() {
  const result = {};
  const add = (key, order) => {
    result[key] ??= { orders: 0, units: 0 };
    result[key].orders += 1;
    result[key].units += order.total_items;
  };
  for (const order of orders) {
    add(order.status, order);
    add("all", order);
    if (needsAttention(order)) add("needs_attention", order);
  }
  return result;
}

function listOrders(query) {
  const has = (order) => {
    const q = query.get("q")?.toLowerCase();
    const text = [order.order_number, order.customer, ...order.tracking_numbers].join(" ");
    return (
      (!query.get("status") || order.status === query.get("status")) &&
      (!query.get("needs_attention") || needsAttention(order)) &&
      (!query.get("source") || order.source_system === query.get("source")) &&
      (!query.get("sku") || order.lines.some((line) => line.sku === query.get("sku"))) &&
      (!q || text.toLowerCase().includes(q))
    );
  };
  const found = orders.filter(has);
  const from = Number(query.get("cursor") ?? 0);
  const end = from + Number(query.get("limit") ?? 200);
  return {
    items: found.slice(from, end),
    next_cursor: end < found.length ? String(end) : null,
    counts: counts(),
    as_of: iso(Date.now()),
    proven: true,
    proof: "The last run read everything ShipStation had until then.",
  };
}

function settle() {
  const last = runs[0];
  if (last.outcome === "running" && Date.now() - Date.parse(last.started_at) > runMs) {
    runs[0] = run(last.run_id, Date.parse(last.started_at), "ok", { duration_ms: runMs });
    runs[0].finished_at = iso(Date.now());
  }
  return runs[0];
}

function syncStatus() {
  const last = settle();
  const finished = runs.find((each) => each.outcome !== "running");
  return {
    workflow: "shipstation-sync",
    state: last.outcome === "running" ? "running" : "waiting",
    watermark: finished.watermark.after,
    read_until: finished.read_until,
    lag_seconds: 51,
    last_run: last,
    next_run_at: iso(Date.parse(last.started_at) + 300_000),
    interval_seconds: 300,
    lease:
      last.outcome === "running" ? { held_by: "demo-1", until: iso(Date.now() + 60_000) } : null,
    budget: { used: 12, limit: 38, window_seconds: 60 },
    quarantine_open: 1,
    warnings: [],
    as_of: iso(Date.now()),
  };
}

function startSync() {
  if (settle().outcome === "running") return { run_id: runs[0].run_id, already_running: true };
  runs.unshift(
    run(`a${Date.now().toString(16)}`, Date.now(), "running", { why: "asked by a person" }),
  );
  runs.length = 30;
  return { run_id: runs[0].run_id };
}

function problem(status, title, detailText) {
  return [status, { type: "about:blank", title, status, detail: detailText }];
}

function answer(method, path, query) {
  const parts = path.split("/").map(decodeURIComponent).slice(3); // after /api/v1
  const [subject, id, below] = parts;
  if (method === "POST" && path === "/api/v1/sync/runs") return [202, startSync()];
  if (method !== "GET") return problem(405, "Not allowed", "This address can only be read");
  if (subject === "bootstrap") {
    const about = { name: "tallyman", version: "0.1.0", build: "fixture" };
    return [200, { ...about, zone: "America/Chicago", demo: true, now: new Date().toISOString() }];
  }
  if (subject === "sync") return [200, syncStatus()];
  if (subject === "runs") {
    settle();
    if (!id) return [200, { items: runs, next_cursor: null }];
    const found = runs.find((each) => each.run_id === id);
    return found ? [200, found] : problem(404, "Not found", `There is no run ${id}`);
  }
  if (subject === "orders" && !id) return [200, listOrders(query)];
  const order = subject === "orders" && orders.find((each) => each.order_number === id);
  if (!order) return problem(404, "Not found", "There is nothing at this address");
  return [200, below === "payload" ? payload(order) : detail(order, Date.now())];
}

async function file(path, accept) {
  const read = (name) => readFile(join(dist, normalize(name)));
  try {
    return [
      200,
      types[extname(path)] ?? types[".html"],
      await read(path === "/" ? "index.html" : path),
    ];
  } catch {
    if (path.startsWith("/assets/") || !accept.includes("text/html"))
      return [404, "text/plain", "none"];
    return [200, types[".html"], await read("index.html")];
  }
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://fixture");
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (pathname.startsWith("/api/")) {
    const [status, body] = answer(request.method, pathname, searchParams);
    const type = status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" });
    response.end(JSON.stringify(body));
    return;
  }
  const [status, type, body] = await file(pathname, request.headers.accept ?? "");
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-cache" });
  response.end(body);
});

server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
