// The build has to suit a strict Content-Security-Policy (no inline script, style or data: file)
// and has to give the same bytes every time, because dist/ is committed and compared.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vite";

// The theme must be known before the first paint, so its script blocks and is not a module.
function themeBoot(): Plugin {
  const source = readFileSync(new URL("src/theme-boot.js", import.meta.url), "utf8");
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
  const fileName = `assets/theme-${hash}.js`;
  return {
    name: "theme-boot",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml(_html, context) {
      const src = context.server ? "/src/theme-boot.js" : `/${fileName}`;
      return [{ tag: "script", attrs: { src }, injectTo: "head-prepend" }];
    },
  };
}

export default defineConfig({
  plugins: [react(), themeBoot()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: "es2022" },
  server: { proxy: { "/api": process.env.TALLYMAN_URL ?? "http://127.0.0.1:8080" } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "dev/*.test.mjs"],
  },
} as Parameters<typeof defineConfig>[0]);
