import { mkdirSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { api } from "./platform";

/*
 * Pictures of every page for docs/console.md, of a platform that shows the demo: npm run screenshots. With SCREENSHOTS=png they
 * go to target/screenshots instead, whole pages, on a wide screen and on a phone, to be looked at.
 */
const WANTED = process.env.SCREENSHOTS;
test.skip(!WANTED, "Only asked for by hand");

const API = "/orgs/acme/projects/storefront/components/api";

/** The name of a picture, its page, and what is done there before it is taken. */
const PAGES: [string, string, ((page: Page) => Promise<unknown>)?][] = [
	["overview", "/orgs/acme"],
	["endpoints", "/orgs/acme/endpoints"],
	["cells", "/orgs/acme/cells"],
	["environments", "/orgs/acme/environments"],
	["data-planes", "/orgs/acme/data-planes"],
	["members", "/orgs/acme/members"],
	["access", "/orgs/acme/members?who=admin"],
	["audit", "/orgs/acme/audit"],
	["organization-settings", "/orgs/acme/settings"],
	["new-project", "/orgs/acme/new-project"],
	["project", "/orgs/acme/projects/storefront"],
	["cell", "/orgs/acme/projects/storefront/cell"],
	["project-settings", "/orgs/acme/projects/storefront/settings"],
	["new-component", "/orgs/acme/projects/storefront/new-component"],
	["deployments", API],
	["builds", `${API}/builds`],
	[
		"build",
		`${API}/builds`,
		(page) =>
			page
				.getByRole("link", { name: /^Build of/ })
				.first()
				.click(),
	],
	["runtime", `${API}/runtime`],
	["component-endpoints", `${API}/endpoints`, tryOut],
	["configuration", `${API}/configuration`],
	["releases", `${API}/releases`],
	["webhook", `${API}/webhook`],
	["component-settings", `${API}/settings`],
	["tokens", "/tokens"],
	["start", "/start"],
	["palette", "/orgs/acme", (page) => page.keyboard.press("Control+k")],
	["not-found", "/orgs/acme/nothing/here"],
	["signed-out", "/signed-out"],
];

async function tryOut(page: Page) {
	await page.getByRole("button", { name: "Send" }).click();
	await expect(page.getByRole("region", { name: "Answer" })).toBeVisible();
}

async function settled(page: Page) {
	await expect(page.getByRole("heading").or(page.getByText("There is nothing here")).first()).toBeVisible();
	await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
	await page.waitForLoadState("load");
	await page.evaluate(() => document.fonts.ready);
	// Figures, health and what moves on its own come to rest.
	await page.waitForTimeout(1500);
}

/** Chromium writes WebP, which Playwright does not offer. */
async function webp(page: Page, file: string) {
	const client = await page.context().newCDPSession(page);
	const { data } = await client.send("Page.captureScreenshot", { format: "webp", quality: 80 });
	mkdirSync("../docs/images/console", { recursive: true });
	writeFileSync(`../docs/images/console/${file}.webp`, Buffer.from(data, "base64"));
}

for (const [name, path, before] of PAGES) {
	test(name, async ({ page }) => {
		if (WANTED === "png") {
			for (const [kind, width, height] of [
				["wide", 1440, 900],
				["phone", 390, 844],
			] as const) {
				await page.setViewportSize({ width, height });
				await page.goto(path);
				await settled(page);
				await before?.(page);
				if (before) await settled(page);
				await page.screenshot({ path: `target/screenshots/${kind}-${name}.png`, fullPage: true });
			}
		} else {
			await page.setViewportSize({ width: 1280, height: 800 });
			await page.goto(path);
			await settled(page);
			await before?.(page);
			if (before) await settled(page);
			await webp(page, name);
		}
	});
}
