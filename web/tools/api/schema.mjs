// Writes web/api/schema.ts, the types of the HTTP interface, from the document that the program
// prints:
//   node schema.mjs PROGRAM            needs npm ci in this folder
//   node schema.mjs --check PROGRAM    only compares, and needs no package
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../../api/schema.ts", import.meta.url));
const [first, second] = process.argv.slice(2);
const checks = first === "--check";
const program = checks ? second : first;

const { paths, components, openapi } = JSON.parse(
  execFileSync(program, ["openapi"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }),
);
// The version of the program is no part of the types.
const document = { openapi, info: { title: "tallyman", version: "0" }, paths, components };
const hash = createHash("sha256").update(JSON.stringify(document)).digest("hex");
const line = `// Document ${hash}`;

if (checks) {
  if (!readFileSync(file, "utf8").includes(line)) {
    console.error("web/api/schema.ts is not made from what this program prints.");
    console.error('Run "./dev web" and commit web/api and web/dist.');
    process.exitCode = 1;
  }
} else {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const text = astToString(await openapiTS(document, { alphabetize: true }));
  const head =
    "// Made by tools/api/schema.mjs from `tallyman openapi`; not to be changed by hand.";
  writeFileSync(file, `${head}\n${line}\n\n${text}`);
}
