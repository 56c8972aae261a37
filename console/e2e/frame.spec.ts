import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";

test("everything is reached by the palette, without a mouse", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	await page.keyboard.press("Control+k");
	const box = page.getByRole("combobox", { name: "Search or do" });
	await expect(box).toBeFocused();
	await box.fill("storefront/api");
	await expect(page.getByRole("option", { name: "storefront/api" })).toHaveAttribute("aria-selected", "true");
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/components\/api$/);
	await expect(page.getByRole("list", { name: "Environments" })).toBeVisible();
});

test("the appearance is chosen, and stays", async ({ page }) => {
	await page.goto("/orgs/acme");
	await page.getByRole("button", { name: /account and appearance/ }).click();
	await page.getByRole("menuitem", { name: "Dark" }).click();
	await page.reload();
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
});

test.describe("without a connection", () => {
	test.use({ expected: "ERR_CONNECTION_REFUSED|Failed to fetch|Failed to load" });
	test("the page says so, and goes on when it is back", async ({ page }) => {
		let cut = true;
		await page.route("**/events", (route) => (cut ? route.abort("connectionrefused") : route.continue()));
		await page.goto("/orgs/acme");
		await expect(page.getByText("Connection lost, trying again")).toBeVisible();
		// What was read stays readable meanwhile.
		await expect(page.getByRole("link", { name: "storefront" }).first()).toBeVisible();
		cut = false;
		await expect(page.getByText("Live", { exact: true })).toBeVisible();
	});
});

test.describe("when a part of the console cannot be fetched", () => {
	test.use({ expected: "ERR_FAILED|Failed to fetch|Failed to load" });

	test("a first page says so and stays, and is there after another try", async ({ page }) => {
		const told = page.getByRole("alert");
		await page.route("**/app-*.js", (route) => route.abort());
		// Who signs people in is known only after that.
		await page.route("**/oauth-protected-resource", async (route) => {
			await told.waitFor();
			await route.continue();
		});
		const known = page.waitForResponse(/openid-configuration$/);
		await page.goto("/orgs/acme/audit");
		await expect(told).toContainText("The console could not be loaded");
		await known;
		await expectAccessible(page);
		await expectAnotherTry(page);
	});

	test("a first page says so after a sign-in, and another try leads to where one wanted to go", async ({ page }) => {
		await page.route("**/app-*.js", async (route) => {
			// Before that, it is still being fetched when the browser leaves for the sign-in.
			if (new URL(page.url()).pathname === "/signed-in") await route.abort();
		});
		await page.goto("/orgs/acme/audit");
		await expect(page.getByRole("alert")).toContainText("The console could not be loaded");
		await expectAnotherTry(page);
	});

	async function expectAnotherTry(page: Page) {
		await page.unroute("**/app-*.js");
		await page.getByRole("button", { name: "Load it again" }).click();
		await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeVisible();
		await expect(page).toHaveURL(/orgs.acme.audit$/);
	}

	test("a later page says so, with the rest still there", async ({ page }) => {
		await page.route("**/*audit*.js", (route) => route.abort());
		await page.goto("/orgs/acme");
		await page.getByRole("link", { name: "Audit" }).click();
		await expect(page.getByText("This page could not be loaded")).toBeVisible();
		await page.unroute("**/*audit*.js");
		await page.getByRole("button", { name: "Load it again" }).click();
		await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeVisible();
	});
});

test("a slow server shows that something is coming, and nothing jumps to an error", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	await page.route("**/components/web/deployments*", async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 1500));
		await route.continue();
	});
	await page.getByRole("link", { name: "storefront" }).first().click();
	await page.getByRole("row", { name: /^web/ }).getByRole("link").first().click();
	await expect(page.getByRole("status", { name: "Loading" })).toBeVisible();
	await expect(page.getByRole("list", { name: "Environments" })).toBeVisible();
});

test("the first page takes no more JavaScript than promised", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("list", { name: "What changed" })).toBeVisible();
	const bytes = await page.evaluate(() =>
		performance
			.getEntriesByType("resource")
			.filter((it) => it.name.endsWith(".js"))
			.reduce((sum, it) => sum + (it as PerformanceResourceTiming).encodedBodySize, 0),
	);
	expect(bytes).toBeGreaterThan(50_000);
	console.log(`JavaScript of the first page over the wire: ${Math.round(bytes / 1000)} kB`);
	expect(bytes).toBeLessThan(250_000);
});
