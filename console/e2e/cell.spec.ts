import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";

test.beforeEach(async ({ page }) => {
	await page.goto("/orgs/acme/projects/storefront/cell?environment=development");
});

test("the cell shows what may call what, as a drawing and as a table", async ({ page }) => {
	const drawing = page.getByRole("group", { name: /^Cell storefront in development/ });
	await expect(drawing.getByRole("link", { name: /^api: ready, 1 of 1 ready/ })).toBeVisible({ timeout: 60_000 });
	await expect(drawing.getByRole("link", { name: "Cell orders" })).toBeVisible();
	const table = page.getByRole("table", { name: "What may call what" });
	await expect(table.getByRole("row", { name: /api orders orders eastbound/ })).toBeVisible();
	await expect(table.getByRole("row", { name: /Public web .* northbound/ })).toBeVisible();
	await drawing.getByRole("link", { name: "Cell orders" }).click();
	await expect(
		page
			.getByRole("table", { name: "What may call what" })
			.getByRole("row", { name: /storefront orders .* westbound/ }),
	).toBeVisible();
});

test("the drawing is moved and zoomed by keys", async ({ page }) => {
	const drawing = page.getByRole("group", { name: /^Cell storefront/ });
	const api = drawing.getByRole("link", { name: /^api/ });
	await expect(api).toBeVisible();
	const width = async () => (await api.boundingBox())!.width;
	const before = await width();
	await drawing.focus();
	await page.keyboard.press("+");
	await expect.poll(width).toBeGreaterThan(before * 1.2);
	await page.keyboard.press("0");
	await expect.poll(async () => Math.round(await width())).toBe(Math.round(before));
	await page.getByRole("button", { name: "Zoom out" }).click();
	await expect.poll(width).toBeLessThan(before * 0.85);
});

test("the drawing is saved as a file that needs nothing else", async ({ page }) => {
	await expect(page.getByRole("link", { name: /^api:/ })).toBeVisible();
	const saved = page.waitForEvent("download");
	await page.getByRole("button", { name: "Save as SVG" }).click();
	const file = await saved;
	expect(file.suggestedFilename()).toBe("storefront.development.svg");
	const svg = readFileSync(await file.path(), "utf8");
	expect(svg).toContain("viewBox");
	expect(svg).toContain("northbound");
	expect(svg).not.toContain("var(--");
	expect(svg).not.toContain("class=");
});
