import { defineConfig } from "vitest/config";

/** Where a development server finds an agent; the built page is served by the agent itself. */
const agent = process.env["FIELDNET_AGENT"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    outDir: "../FieldNet.Dashboard/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    // The page must work with no other server, so everything stays in its own few files.
    assetsInlineLimit: 0,
    rollupOptions: {
      // SignalR's own comments; nothing that we could mend.
      onwarn: (warning, warn) => (warning.code === "INVALID_ANNOTATION" ? undefined : warn(warning)),
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": agent, "/hub": { target: agent, ws: true } },
  },
  test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
});
