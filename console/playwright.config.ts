import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { platform } from "./e2e/platform";

const chromium =
	process.env.CHROMIUM ??
	["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
		.map((name) => `/usr/bin/${name}`)
		.find(existsSync);

/** Journeys in a real Chromium against a platform that runs: CYTO_HOME names its state folder. */
export default defineConfig({
	testDir: "e2e",
	outputDir: "target/e2e",
	globalSetup: "./e2e/setup.ts",
	// One platform, few processors.
	workers: 1,
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: process.env.CI ? [["list"]] : [["list"]],
	use: {
		baseURL: platform().url,
		storageState: "target/e2e-state.json",
		viewport: { width: 1440, height: 900 },
		contextOptions: { reducedMotion: "reduce" },
		// Recording every step costs a third of a run; CI keeps the picture of a failure and no files.
		trace: process.env.CI ? "off" : "retain-on-failure",
		screenshot: "only-on-failure",
		launchOptions: {
			...(chromium && { executablePath: chromium }),
			args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
		},
	},
});
