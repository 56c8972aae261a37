import { expect, expectAccessible, test } from "./fixtures";

const COMPONENT = "/orgs/acme/projects/storefront/components/api";

/** Every page that there is, with something on it. */
const PAGES = [
	"/start",
	"/tokens",
	"/orgs/acme",
	"/orgs/acme/endpoints",
	"/orgs/acme/environments",
	"/orgs/acme/data-planes",
	"/orgs/acme/members",
	"/orgs/acme/audit",
	"/orgs/acme/new-project",
	"/orgs/acme/projects/storefront",
	"/orgs/acme/projects/storefront/cell",
	"/orgs/acme/projects/storefront/settings",
	"/orgs/acme/projects/storefront/new-component",
	COMPONENT,
	`${COMPONENT}/builds`,
	`${COMPONENT}/runtime`,
	`${COMPONENT}/configuration`,
	`${COMPONENT}/releases`,
	`${COMPONENT}/settings`,
	"/orgs/acme/nothing/here",
];

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(colorScheme, () => {
		test.use({ colorScheme });
		for (const path of PAGES) {
			test(`${path} keeps nobody out`, async ({ page }) => {
				await page.goto(path);
				await expect(
					path.includes("nothing") ? page.getByText("There is nothing here") : page.getByRole("heading", { level: 1 }),
				).toBeVisible();
				await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
				await expectAccessible(page);
			});
		}
	});
}

test("nothing is wider than a phone", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	for (const path of PAGES) {
		await page.goto(path);
		await expect(
			path.includes("nothing") ? page.getByText("There is nothing here") : page.getByRole("heading", { level: 1 }),
		).toBeVisible();
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide, path).toBeLessThanOrEqual(390);
	}
});
