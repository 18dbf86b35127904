// Starts the real program and runs journeys against it:
//   node real.mjs PROGRAM demo|serve TEST…
// `serve` begins with an empty book of its own, without users and without a partner.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

const [program, verb, ...tests] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "tallyman-pages-"));
const ways = {
  demo: { arguments: ["demo", "--port", "0", "--orders", "300"], env: {} },
  serve: {
    arguments: ["serve"],
    env: { TALLYMAN_DATABASE: `sqlite:${folder}/book.db`, TALLYMAN_LISTEN: "127.0.0.1:0" },
  },
};
const way = ways[verb];
const real = spawn(program, way.arguments, {
  stdio: ["ignore", "ignore", "pipe"],
  cwd: folder,
  env: { ...process.env, ...way.env },
});
const ended = new Promise((resolve) => real.once("exit", resolve));

// The address is among the first lines, with `serve` the link of the first admin follows; the rest is
// read on, so that the pipe never fills.
let url;
const setup = await new Promise((resolve, reject) => {
  const lines = createInterface({ input: real.stderr });
  lines.on("line", (line) => {
    url ??= /(?:pages\s+|\son\s)(http:[^\s,]+)/.exec(line)?.[1];
    const link = /(\/setup#token=\w+)/.exec(line)?.[1];
    if (url && (link || verb === "demo")) resolve(link);
  });
  ended.then((code) => reject(new Error(`the program ended with ${code} before it listened`)));
});

// The journeys look at what a sync has brought: they begin after the first one.
for (let read = verb !== "demo"; !read; ) {
  const status = await (await fetch(`${url}/api/v1/sync/status`)).json();
  read = status.last_run?.finished_at != null;
  if (!read) await pause(250);
}

const journeys = spawn(process.execPath, ["--test", ...tests], {
  stdio: "inherit",
  env: { ...process.env, TALLYMAN_URL: url, TALLYMAN_SETUP: setup ?? "" },
});
const code = await new Promise((resolve) => journeys.once("exit", resolve));
real.kill("SIGTERM");
const realCode = await ended;
rmSync(folder, { recursive: true });
if (realCode !== 0) console.error(`the program ended with ${realCode} after SIGTERM`);
process.exitCode = code === 0 && realCode === 0 ? 0 : 1;
