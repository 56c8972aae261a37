import { expect, test } from "./fixtures";
import { api } from "./platform";

const COMPONENT = "/organizations/acme/projects/storefront/components/web";

/** Takes it out of staging, so that it can be brought there. */
async function leaveStaging() {
	const { items } = await api<{ items: { status: string }[] }>(
		"GET",
		`${COMPONENT}/deployments?environment=staging&limit=1`,
	);
	if (items[0] && items[0].status !== "REMOVED")
		await api("POST", `${COMPONENT}/undeployments`, { environment: "staging" });
}

test.beforeEach(async ({ page }) => {
	await leaveStaging();
	await page.goto("/orgs/acme/projects/storefront/components/web");
	await expect(page.getByRole("listitem", { name: "staging" }).getByText("Nothing of it runs here.")).toBeVisible({
		timeout: 90_000,
	});
});
test.afterEach(leaveStaging);

test("a release is promoted by dragging it to the next environment, and to no other", async ({ page }) => {
	const ticket = page.getByRole("listitem", { name: "development" }).getByText("Live", { exact: true });
	await ticket.dragTo(page.getByRole("listitem", { name: "production" }));
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await ticket.dragTo(page.getByRole("listitem", { name: "staging" }));
	await expect(page.getByText("is on its way to staging")).toBeVisible();
	await expect(page.getByRole("listitem", { name: "staging" }).getByText("Live", { exact: true })).toBeVisible({
		timeout: 90_000,
	});
});

test("a release is promoted by keys alone", async ({ page }) => {
	const promote = page.getByRole("button", { name: "Promote to staging" });
	await page.getByRole("button", { name: "More for development" }).focus();
	for (let i = 0; i < 10 && !(await promote.evaluate((it) => it === document.activeElement)); i++) {
		await page.keyboard.press("Tab");
	}
	await expect(promote).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("listitem", { name: "staging" }).getByText("Live", { exact: true })).toBeVisible({
		timeout: 90_000,
	});
});
