// Builds the pages anew and compares them with the committed dist/ byte for byte; then weighs them
// against the budgets. Ends with 1 and a list when something differs.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const budgets = { ".js": 150, ".css": 20, ".woff2": 34 }; // kB, gzip -9 but for the font

function files(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    all
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );
}

const fresh = mkdtempSync(join(tmpdir(), "tallyman-dist-"));
const complaints = [];
try {
  await build({ root, logLevel: "error", build: { outDir: fresh, emptyOutDir: true } });
  const committed = files(dist);
  const built = files(fresh);
  for (const name of new Set([...committed.keys(), ...built.keys()])) {
    if (!built.has(name)) complaints.push(`dist/${name} is not built any more`);
    else if (!committed.has(name)) complaints.push(`dist/${name} is missing`);
    else if (!committed.get(name).equals(built.get(name))) complaints.push(`dist/${name} differs`);
  }
  for (const [ending, limit] of Object.entries(budgets)) {
    const bytes = [...built]
      .filter(([name]) => name.endsWith(ending))
      .map(([, body]) => (ending === ".woff2" ? body : gzipSync(body, { level: 9 })).length)
      .reduce((sum, size) => sum + size, 0);
    const weight = bytes / 1000;
    console.log(`${ending}: ${weight.toFixed(1)} kB of ${limit} kB`);
    if (weight > limit)
      complaints.push(`${ending} weighs ${weight.toFixed(1)} kB, over ${limit} kB`);
  }
} finally {
  rmSync(fresh, { recursive: true });
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error('Run "npm run build" in web/ and commit web/dist.');
  process.exitCode = 1;
}
