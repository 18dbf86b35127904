// Serves dist/ with the security headers of the real program and invented data behind /api/v1.
//   node dev/fixture-server.mjs [PORT]     prints the address; 0 picks a free port
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { detail, makeOrders, payload } from "./data.mjs";
import {
  answerEngine,
  hello,
  hold,
  letGo,
  openStream,
  problem,
  runs,
  state,
  syncStatus,
} from "./engine.mjs";
import { answerImports } from "./imports.mjs";
import { answerPeople, door, forgetFailures } from "./people.mjs";

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
    reading: "current",
  };
}

function answerOrders([number, below], query) {
  if (!number) return [200, listOrders(query)];
  const order = orders.find((each) => each.order_number === number);
  if (!order) return problem(404, "There is nothing at this address");
  return [200, below === "payload" ? payload(order) : detail(order, Date.now())];
}

function answer(asked) {
  const [subject, ...below] = asked.parts;
  if (subject === "bootstrap") {
    const about = { name: "tallyman", version: "0.2.0", build: state.build };
    return [200, { ...about, zone: "America/Chicago", demo: true, now: new Date().toISOString() }];
  }
  if (asked.method === "GET" && subject === "sync") return [200, syncStatus()];
  if (subject === "runs") {
    if (!below[0]) return [200, { items: runs, next_cursor: null }];
    const found = runs.find((each) => each.run_id === below[0]);
    return found ? [200, found] : problem(404, `There is no run ${below[0]}`);
  }
  if (subject === "orders") return answerOrders(below, asked.query);
  return (
    answerPeople(asked) ??
    answerImports(asked) ??
    answerEngine(asked) ??
    problem(404, "There is nothing at this address")
  );
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  if (!text || request.headers["content-type"] === "application/xml") return {};
  return JSON.parse(text);
}

async function api(request, response, { pathname, searchParams }) {
  const { method } = request;
  const parts = pathname.split("/").slice(3).map(decodeURIComponent); // after /api/v1
  const { who, refused } = door(request, method, parts);
  if (!refused && parts[0] === "events") return openStream(response);
  const body = await bodyOf(request);
  const asked = { method, parts, query: searchParams, body, who, response };
  const [status, result] = refused ?? answer(asked);
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" });
  response.end(result === null ? undefined : JSON.stringify(result));
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
  const url = new URL(request.url, "http://fixture");
  const { pathname } = url;
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (pathname.startsWith("/api/")) return api(request, response, url);
  if (pathname === "/fixture/new-build") {
    // As when the program was replaced by a newer one.
    state.build = `${state.build}+`;
    hello();
    return response.end();
  }
  if (pathname.startsWith("/fixture/reading/")) {
    state.reading = pathname.split("/").at(-1);
    return response.end();
  }
  const control = {
    "/fixture/forget-failures": forgetFailures,
    "/fixture/hold": hold,
    "/fixture/let-go": letGo,
  }[pathname];
  if (control) {
    control();
    return response.end();
  }
  const [status, type, body] = await file(pathname, request.headers.accept ?? "");
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-cache" });
  response.end(body);
});

server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
