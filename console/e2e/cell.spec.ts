import { readFileSync } from "node:fs";
import { get } from "node:http";
import { expect, expectAccessible, test } from "./fixtures";
import { api } from "./platform";

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

test("what changed between two versions is told, and the choice of them", async ({ page }) => {
	const settings = "/organizations/acme/projects/storefront/components/api/configuration/development";
	const before = await api<{ values: Record<string, string>; version: number }>("GET", settings);
	await api("PUT", settings, { values: { ...before.values, COLOUR: "green" } }, { "If-Match": `"${before.version}"` });
	const changes = page.getByRole("table", { name: "What changed" });
	await expect(changes.getByRole("row", { name: /api setting COLOUR none green/ })).toBeVisible({ timeout: 60_000 });
	await expectAccessible(page);
	const from = page.getByLabel("From version");
	await from.selectOption(await page.getByLabel("To version").inputValue());
	await expect(page.getByText(/^Nothing is different between version/)).toBeVisible();
	const now = await api<{ version: number }>("GET", settings);
	await api("PUT", settings, { values: before.values }, { "If-Match": `"${now.version}"` });
});

test("the map shows every cell of an environment, and leads into it", async ({ page }) => {
	await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Cells" }).click();
	const drawing = page.getByRole("group", { name: /^Cells of acme in development/ });
	await expect(drawing.getByRole("link", { name: /^Cell orders: healthy/ })).toBeVisible({ timeout: 60_000 });
	const table = page.getByRole("table", { name: "Cells" });
	await expect(table.getByRole("row", { name: /storefront .* orders the public/ })).toBeVisible();
	await expectAccessible(page);
	await page.getByLabel("Environment").selectOption("production");
	await expect(page).toHaveURL(/environment=production/);
	await page.getByLabel("Environment").selectOption("development");
	await drawing.getByRole("link", { name: /^Cell orders/ }).click();
	await expect(page.getByRole("group", { name: /^Cell orders in development/ })).toBeVisible();
});

/** A call as a browser makes it. Node.js does not know that *.localhost is this machine. */
function call(address: string): Promise<number> {
	const { port, pathname, host } = new URL(address);
	return new Promise((resolve, reject) => {
		get({ host: "127.0.0.1", port, path: pathname, headers: { host } }, (answer) => {
			answer.resume();
			resolve(answer.statusCode!);
		}).on("error", reject);
	});
}

test("what goes through the gateways is told on the edges, live", async ({ page }) => {
	const offered = await api<{ items: { component: string; url: string }[] }>(
		"GET",
		"/organizations/acme/endpoints?project=storefront&environment=development",
	);
	const url = offered.items.find((it) => it.component === "api")!.url.replace(/\/$/, "");
	const version = async () => (await api<{ version: number }>("GET", CELL)).version;
	const before = await version();
	let calling = true;
	const caller = (async () => {
		while (calling) {
			await call(`${url}/orders`);
			await call(`${url}/no-such-thing`);
		}
	})();
	try {
		const drawing = page.getByRole("group", { name: /^Cell storefront in development/ });
		const table = page.getByRole("table", { name: "What may call what" });
		// Public to api, half of it refused; and from api on to the other cell.
		await expect(table.getByRole("row", { name: /^Public api .*\/s .* ms .* ms \d+ % –$/ })).toBeVisible();
		await expect(table.getByRole("row", { name: /^api orders orders eastbound.*\/s .* ms .* ms – –$/ })).toBeVisible();
		await expect(drawing.getByText(/\/s · .* ms/).first()).toBeVisible();
		await expect(page.getByText("Traffic of the last half minute")).toBeVisible();
		await expectAccessible(page);
		await page.goto("/orgs/acme/projects/orders/cell?environment=development");
		await expect(
			page
				.getByRole("table", { name: "What may call what" })
				.getByRole("row", { name: /^storefront orders .* westbound.*\/s .* ms/ }),
		).toBeVisible();
	} finally {
		calling = false;
		await caller;
	}
	// It is told and not written: the cell is as it was.
	expect(await version()).toBe(before);
});

const CELL = "/organizations/acme/projects/storefront/cells/development";
