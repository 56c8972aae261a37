import { expect, expectAccessible, test } from "./fixtures";

test("another language is chosen, and stays", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
	await page.getByRole("button", { name: /account and appearance/ }).click();
	await page.getByRole("menuitem", { name: "Deutsch" }).click();
	await expect(page.getByRole("heading", { name: "Was sich geändert hat" })).toBeVisible();
	await expect(page.locator("html")).toHaveAttribute("lang", "de");
	await expect(page.getByRole("button", { name: /Konto und Aussehen/ })).toBeFocused();

	await page.reload();
	await expect(page.getByRole("navigation", { name: "Hauptnavigation" })).toBeVisible();
	// What the platform calls its things is the same in every language.
	await page.getByRole("link", { name: "storefront" }).first().click();
	await expect(page.getByRole("heading", { name: "Komponenten" })).toBeVisible();
	await expectAccessible(page);

	await page.getByRole("button", { name: /Konto und Aussehen/ }).click();
	await page.getByRole("menuitem", { name: "English" }).click();
	await expect(page.getByRole("heading", { name: "Components" })).toBeVisible();
	await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("nobody who reads English loads a catalogue", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
	const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((it) => it.name));
	expect(loaded.filter((it) => /\/de-[^/]*\.js$/.test(it))).toEqual([]);
});

test.describe("a browser that asks for German", () => {
	test.use({ locale: "de-AT" });
	test("is answered in German, with its numbers and times", async ({ page }) => {
		await page.goto("/orgs/acme/projects/storefront/components/api/releases");
		await expect(page.getByRole("columnheader", { name: "Größe" })).toBeVisible();
		await expect(page.getByRole("cell", { name: /^\d+(,\d)? [kM]B$/ }).first()).toBeVisible();
		await expect(page.getByRole("cell", { name: /^(vor |jetzt)/ }).first()).toBeVisible();
		await expectAccessible(page);
	});
});
