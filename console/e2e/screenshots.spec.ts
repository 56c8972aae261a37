import { mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { api } from "./platform";

/*
 * Pictures of every page for docs/console.md, of a platform that shows the demo: npm run screenshots. With SCREENSHOTS=png they
 * go to target/screenshots instead, whole pages, on a wide screen and on a phone, to be looked at; LOCALE=de in German.
 */
const WANTED = process.env.SCREENSHOTS;
test.skip(!WANTED, "Only asked for by hand");
test.use({ locale: process.env.LOCALE ?? "en" });

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const API = "/orgs/acme/projects/storefront/components/api";

interface Picture {
	name: string;
	path: string;
	/** What is done there before it is taken. */
	before?: (page: Page) => Promise<unknown>;
	/** A component of the storefront that the demo does not make. */
	needs?: string;
	dark?: boolean;
	locale?: string;
	size?: typeof WIDE;
}

const PICTURES: Picture[] = [
	{ name: "overview", path: "/orgs/acme" },
	{ name: "overview-phone", path: "/orgs/acme", size: PHONE, dark: true },
	{ name: "endpoints", path: "/orgs/acme/endpoints" },
	{ name: "cells", path: "/orgs/acme/cells", dark: true },
	{ name: "environments", path: "/orgs/acme/environments" },
	{ name: "delivery", path: "/orgs/acme/environments/development/delivery" },
	{ name: "data-planes", path: "/orgs/acme/data-planes" },
	{ name: "members", path: "/orgs/acme/members" },
	{ name: "access", path: "/orgs/acme/members?who=admin" },
	{ name: "audit", path: "/orgs/acme/audit" },
	{ name: "organization-settings", path: "/orgs/acme/settings" },
	{ name: "new-project", path: "/orgs/acme/new-project" },
	{ name: "project", path: "/orgs/acme/projects/storefront" },
	{ name: "project-german", path: "/orgs/acme/projects/storefront", locale: "de" },
	{ name: "cell", path: "/orgs/acme/projects/storefront/cell", before: traffic },
	{ name: "project-settings", path: "/orgs/acme/projects/storefront/settings" },
	{ name: "new-component", path: "/orgs/acme/projects/storefront/new-component" },
	{ name: "deployments", path: API },
	{ name: "builds", path: `${API}/builds` },
	{ name: "build", path: `${API}/builds`, before: (page) => page.locator("a.row-link").first().click(), dark: true },
	{ name: "runtime", path: `${API}/runtime` },
	// The task of docs/guides/tasks.md, when somebody has made it.
	{ name: "runs", path: "/orgs/acme/projects/storefront/components/report/runs", needs: "report" },
	{ name: "component-endpoints", path: `${API}/endpoints`, before: tryOut },
	{ name: "configuration", path: `${API}/configuration` },
	{ name: "releases", path: `${API}/releases` },
	{ name: "component-settings", path: `${API}/settings` },
	{ name: "tokens", path: "/tokens" },
	{ name: "new-organization", path: "/start" },
	{ name: "palette", path: "/orgs/acme", before: (page) => page.keyboard.press("Control+k") },
	{ name: "not-found", path: "/orgs/acme/nothing/here" },
	{ name: "signed-out", path: "/signed-out" },
];

async function isThere(component: string) {
	const { items } = await api<{ items: { name: string }[] }>(
		"GET",
		"/organizations/acme/projects/storefront/components",
	);
	return items.some(({ name }) => name === component);
}

async function tryOut(page: Page) {
	await page.locator(".try-line input").fill("/products");
	await page.locator(".try button[type=submit]").click();
	await expect(page.locator(".try-answer")).toBeVisible();
}

/** Some calls of what the cell offers, as its users make them. */
async function traffic(page: Page) {
	const { items } = await api<{ items: { component: string; url?: string }[] }>(
		"GET",
		"/organizations/acme/endpoints?project=storefront&environment=development",
	);
	for (let call = 0; call < 60; call++) {
		for (const { component, url } of items) {
			const { host, port, pathname } = new URL(url!);
			const path = component === "api" ? `${pathname}/${call % 9 ? "products" : "nothing"}` : pathname;
			await new Promise<void>((resolve, reject) => {
				// Any name under localhost is this machine, which Node.js does not know.
				get({ host: "127.0.0.1", port, path, headers: { host } }, (answer) => answer.resume().on("end", resolve)).on(
					"error",
					reject,
				);
			});
		}
	}
	await page.waitForTimeout(12_000);
}

async function settled(page: Page) {
	await expect(page.locator("h1, .empty-title").first()).toBeVisible();
	await expect(page.locator(".skeleton")).toHaveCount(0);
	await page.evaluate(() => document.fonts.ready);
	// Figures, health and what moves by itself come to rest.
	await page.waitForTimeout(1000);
}

/** Chromium writes WebP, which Playwright does not offer. */
async function webp(page: Page, file: string) {
	const client = await page.context().newCDPSession(page);
	const { data } = await client.send("Page.captureScreenshot", { format: "webp", quality: 82 });
	mkdirSync("../docs/images/console", { recursive: true });
	writeFileSync(`../docs/images/console/${file}.webp`, Buffer.from(data, "base64"));
}

for (const { name, path, before, needs, dark, locale, size } of PICTURES) {
	test.describe(name, () => {
		test.use({ colorScheme: dark ? "dark" : "light", ...(locale && { locale }) });
		test("is taken", async ({ page }) => {
			test.skip(needs !== undefined && !(await isThere(needs)), `There is no component ${needs}`);
			await page.goto(path);
			await settled(page);
			await before?.(page);
			if (before) await settled(page);
			if (WANTED === "png") {
				for (const [kind, of] of Object.entries({ wide: { width: 1440, height: 900 }, phone: PHONE })) {
					await page.setViewportSize(of);
					await page.waitForTimeout(300);
					await page.screenshot({ path: `target/screenshots/${kind}-${name}.png`, fullPage: true });
				}
			} else {
				await page.setViewportSize(size ?? WIDE);
				await page.waitForTimeout(300);
				await webp(page, name);
				await page.screenshot({ path: `target/screenshots/${name}.png` });
			}
		});
	});
}
