import { expect, fresh, signIn, test } from "./fixtures";
import { api, endSessions, person, platform } from "./platform";

test("a deep link is kept over the sign-in", async ({ browser }) => {
	const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
	const page = await context.newPage();
	await page.goto("/orgs/acme/projects/storefront?from=mail");
	await signIn(page, "admin", platform().adminPassword);
	await expect(page.getByRole("heading", { level: 1, name: "storefront" })).toBeVisible();
	await expect(page).toHaveURL(/\/orgs\/acme\/projects\/storefront/);
	await context.close();
});

test("tokens are in no storage and in no address", async ({ page }) => {
	await page.goto("/orgs/acme");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	const kept = await page.evaluate(() =>
		JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
	);
	expect(kept).not.toContain("eyJ");
	expect(page.url()).not.toContain("code=");
});

test("a session that ended is begun anew without losing what was typed", async ({ browser }) => {
	const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
	const page = await context.newPage();
	const ida = { username: "ida", password: "a-password-of-the-tests" };
	const org = fresh("ended");
	await person(ida);
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: ida.username, role: "admin" });
	await page.goto(`/orgs/${org}/new-project`);
	await signIn(page, ida.username, ida.password);
	await page.getByLabel("What is it called?").fill("Half a thought");

	await endSessions(ida.username);
	// The server refuses the token from now on, as it does when it has run out.
	await page.route("**/api/v1/**", (route) =>
		route.fulfill({ status: 401, contentType: "application/problem+json", body: "{}" }),
	);
	await page.getByRole("button", { name: "Create project" }).click();
	const dialog = page.getByRole("alertdialog", { name: "Your session has ended" });
	await expect(dialog).toBeVisible();
	await page.unroute("**/api/v1/**");

	const opened = page.waitForEvent("popup");
	await dialog.getByRole("button", { name: "Sign in again" }).click();
	await signIn(await opened, ida.username, ida.password);
	await expect(dialog).toBeHidden();
	await expect(page.getByLabel("What is it called?")).toHaveValue("Half a thought");
	await page.getByRole("link", { name: "Overview" }).click();
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	await context.close();
});

test("who signs out has to sign in", async ({ browser }) => {
	const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
	const page = await context.newPage();
	await page.goto("/orgs/acme");
	await signIn(page, "admin", platform().adminPassword);
	await page.getByRole("button", { name: /account and appearance/ }).click();
	await page.getByRole("menuitem", { name: "Sign out" }).click();
	await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
	await page.getByRole("link", { name: "Sign in" }).click();
	await expect(page.getByLabel("Username")).toBeVisible();
	await context.close();
});
