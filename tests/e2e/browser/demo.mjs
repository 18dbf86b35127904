// Starts the real program (`tallyman demo`) and runs the journeys against it:
//   node demo.mjs PROGRAM TEST…
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const [program, ...tests] = process.argv.slice(2);
const demo = spawn(program, ["demo", "--port", "0", "--orders", "300"], {
  stdio: ["ignore", "ignore", "pipe"],
});
const ended = new Promise((resolve) => demo.once("exit", resolve));

// The address is among the first lines; the rest is read on, so that the pipe never fills.
const url = await new Promise((resolve, reject) => {
  const lines = createInterface({ input: demo.stderr });
  lines.on("line", (line) => {
    const found = /pages\s+(http:\S+)/.exec(line);
    if (found) resolve(found[1]);
  });
  ended.then((code) => reject(new Error(`the demo ended with ${code} before it listened`)));
});

const journeys = spawn(process.execPath, ["--test", ...tests], {
  stdio: "inherit",
  env: { ...process.env, TALLYMAN_URL: url },
});
const code = await new Promise((resolve) => journeys.once("exit", resolve));
demo.kill("SIGTERM");
const demoCode = await ended;
if (demoCode !== 0) console.error(`the demo ended with ${demoCode} after SIGTERM`);
process.exitCode = code === 0 && demoCode === 0 ? 0 : 1;
