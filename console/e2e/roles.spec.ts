import { expect, fresh, signIn, test } from "./fixtures";
import { api, person, VIEWER } from "./platform";

test.describe("who may only look", () => {
	const org = fresh("roles");
	test.beforeAll(async () => {
		await person();
		await api("POST", "/organizations", { name: org });
		await api("POST", `/organizations/${org}/projects`, { name: "shop" });
		await api("POST", `/organizations/${org}/projects/shop/components`, {
			name: "api",
			displayName: "<img src=x onerror=alert(1)>",
		});
		await api("POST", `/organizations/${org}/members`, { username: VIEWER.username, role: "viewer" });
	});

	test("sees everything, and is offered nothing to do", async ({ browser }) => {
		const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
		const page = await context.newPage();
		await page.goto(`/orgs/${org}/projects/shop`);
		await signIn(page, VIEWER.username, VIEWER.password);
		await expect(page.getByRole("heading", { level: 1, name: "shop" })).toBeVisible();
		// A name with markup in it is a name.
		await expect(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
		await expect(page.getByRole("link", { name: "New component" })).toHaveCount(0);
		await expect(page.getByRole("link", { name: "New project" })).toHaveCount(0);
		await expect(page.getByRole("link", { name: "Members" })).toHaveCount(0);
		await expect(page.getByRole("link", { name: "Audit" })).toHaveCount(0);

		await page.goto(`/orgs/${org}/projects/shop/components/api/settings`);
		await expect(page.getByLabel("Display name")).toBeDisabled();
		await expect(page.getByRole("button", { name: "Delete component" })).toHaveCount(0);

		// What is not offered is refused all the same.
		await page.goto(`/orgs/${org}/new-project`);
		await page.getByLabel("What is it called?").fill("Sneaky");
		await page.getByRole("button", { name: "Create project" }).click();
		await expect(page.getByRole("alert")).toBeVisible();
		await expect(page).toHaveURL(/new-project/);
		await context.close();
	});

	test("does not learn that other organizations exist", async ({ browser }) => {
		const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
		const page = await context.newPage();
		await page.goto("/orgs/acme");
		await signIn(page, VIEWER.username, VIEWER.password);
		await expect(page.getByText("There is nothing here")).toBeVisible();
		await context.close();
	});
});
