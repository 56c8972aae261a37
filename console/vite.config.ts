import { lingui } from "@lingui/vite-plugin";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { texts } from "./build/texts.ts";

export default defineConfig({
	resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
	plugins: [
		texts(),
		lingui({ failOnCompileError: true }),
		tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double" }),
		react(),
	],
	build: {
		outDir: "target/site",
		emptyOutDir: true,
		target: "es2023",
		// build/budget.mjs follows it from page to page.
		manifest: true,
		// The content security policy allows no data: scripts; small pictures are fine.
		assetsInlineLimit: (file) => (file.endsWith(".svg") ? false : undefined),
		modulePreload: { polyfill: false },
	},
	test: { include: ["src/**/*.test.ts"], environment: "node", setupFiles: "src/language/test-setup.ts" },
});
