import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectContrast, test } from "./fixtures";

const COMPONENT = "/orgs/acme/projects/storefront/components/api";

/** Every page that there is, with something on it. */
const PAGES = [
	"/start",
	"/tokens",
	"/orgs/acme",
	"/orgs/acme/endpoints",
	"/orgs/acme/cells",
	"/orgs/acme/environments",
	"/orgs/acme/environments/development/delivery",
	"/orgs/acme/data-planes",
	"/orgs/acme/members",
	"/orgs/acme/audit",
	"/orgs/acme/settings",
	"/orgs/acme/new-project",
	"/orgs/acme/projects/storefront",
	"/orgs/acme/projects/storefront/cell",
	"/orgs/acme/projects/storefront/settings",
	"/orgs/acme/projects/storefront/new-component",
	COMPONENT,
	`${COMPONENT}/builds`,
	`${COMPONENT}/runtime`,
	`${COMPONENT}/endpoints`,
	`${COMPONENT}/configuration`,
	`${COMPONENT}/releases`,
	`${COMPONENT}/runs`,
	`${COMPONENT}/webhook`,
	`${COMPONENT}/settings`,
	"/orgs/acme/nothing/here",
];

/** Goes to a page inside of the console, as a link does: the sign-in is not what is tested here. */
async function go(page: Page, path: string) {
	await page.evaluate((to) => {
		history.pushState(null, "", to);
		dispatchEvent(new PopStateEvent("popstate"));
	}, path);
	await expect(
		path.includes("nothing") ? page.getByText("There is nothing here") : page.getByRole("heading", { level: 1 }),
	).toBeVisible();
	await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
}

test("no page keeps anybody out, light or dark", async ({ page }) => {
	test.setTimeout(240_000);
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	for (const path of PAGES) {
		await test.step(path, async () => {
			await page.emulateMedia({ colorScheme: "light" });
			await go(page, path);
			await expectAccessible(page);
			await page.emulateMedia({ colorScheme: "dark" });
			await expectContrast(page);
		});
	}
});

test("nothing is wider than a phone", async ({ page }) => {
	test.setTimeout(240_000);
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	for (const path of PAGES) {
		await go(page, path);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide, path).toBeLessThanOrEqual(390);
	}
});
