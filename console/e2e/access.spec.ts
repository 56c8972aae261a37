import { expect, expectAccessible, fresh, signIn, test } from "./fixtures";
import { api, person, platform, VIEWER } from "./platform";

const vera = VIEWER.username;

test("a role is given and denied, and why she may do something is explained", async ({ page, browser }) => {
	const org = fresh("people");
	await person();
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "shop" });
	await page.goto(`/orgs/${org}/members`);

	await page.getByRole("button", { name: "Give a role" }).click();
	const giving = page.getByRole("dialog", { name: "Give or deny a role" });
	await giving.getByLabel("User name").fill(vera);
	await giving.getByLabel("Role", { exact: true }).selectOption("admin");
	await giving.getByRole("button", { name: "Give role" }).click();
	await expect(page.getByRole("row", { name: new RegExp(vera) })).toContainText("admin");

	await page.getByRole("button", { name: `Actions for ${vera}` }).click();
	await page.getByRole("menuitem", { name: "Give or deny another role" }).click();
	await giving.getByRole("radio", { name: /Deny the role/ }).check();
	await giving.getByLabel("Where", { exact: true }).selectOption("shop");
	await expect(giving.getByRole("group", { name: "The same by command line" })).toContainText(
		`cyto create member ${vera} --role developer --project shop --deny`,
	);
	await expectAccessible(page);
	await giving.getByRole("button", { name: "Deny role" }).click();
	await expect(page.getByRole("row", { name: new RegExp(vera) })).toContainText("not developer · shop");

	await page.getByRole("button", { name: `Why may ${vera} do what` }).click();
	const why = page.getByRole("dialog", { name: `What ${vera} may do, and why` });
	await expect(why.getByRole("status")).toHaveText("Is admin in the organization by a role in the whole organization.");
	await why.getByLabel("Where", { exact: true }).selectOption("shop");
	await expect(why.getByText("Would be admin in shop, but developer is denied: viewer is what is left.")).toBeVisible();
	await expect(why.getByText("May not: Deploy, promote and roll back")).toBeVisible();
	await expectAccessible(page);
	// The question has an address, and the answer is what the server does.
	await expect(page).toHaveURL(new RegExp(`who=${vera}&where=shop`));
	const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
	const hers = await context.newPage();
	await hers.goto(`/orgs/${org}/projects/shop`);
	await signIn(hers, vera, VIEWER.password);
	await expect(hers.getByRole("heading", { level: 1, name: "shop" })).toBeVisible();
	await context.close();

	await why.getByRole("button", { name: "Close" }).click();
	await page.getByRole("button", { name: `Actions for ${vera}` }).click();
	await page.getByRole("menuitem", { name: "Take the denial of developer in shop" }).click();
	await expect(page.getByRole("row", { name: new RegExp(vera) })).not.toContainText("not developer");
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(page.getByRole("row", { name: new RegExp(vera) })).toContainText("not developer · shop");
});

test("a service account's secret is shown once, and signs it in", async ({ page }) => {
	const org = fresh("machines");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await page.goto(`/orgs/${org}/members`);
	await page.getByRole("button", { name: "New service account" }).click();
	const making = page.getByRole("dialog", { name: "New service account" });
	await making.getByLabel("Name").fill("nightly");
	await making.getByRole("button", { name: "Create service account" }).click();
	const shown = page.getByRole("dialog", { name: "How nightly signs in" });
	await expect(shown.getByText("It is not shown again")).toBeVisible();
	const secret = (await shown.getByRole("region", { name: "client secret" }).textContent())!;
	await expectAccessible(page);
	const answer = await fetch(`${platform().issuer}/protocol/openid-connect/token`, {
		method: "POST",
		body: new URLSearchParams({
			grant_type: "client_credentials",
			client_id: `${org}.nightly`,
			client_secret: secret,
		}),
	});
	expect(answer.status).toBe(200);
	await shown.getByRole("button", { name: "I have copied it" }).click();
	await expect(page.getByRole("row", { name: /nightly/ })).toContainText("developer");
	expect(await page.content()).not.toContain(secret);

	await page.getByRole("button", { name: "Actions for nightly" }).click();
	await page.getByRole("menuitem", { name: "Delete" }).click();
	await page.getByLabel("Type nightly to go on").fill("nightly");
	await page.getByRole("button", { name: "Delete service account" }).click();
	await expect(page.getByText("No service accounts")).toBeVisible();
});

test("an access token is shown once, works, and stops working when it is revoked", async ({ page }) => {
	const name = fresh("token");
	await page.goto("/tokens");
	await page.getByRole("button", { name: "New token" }).click();
	const making = page.getByRole("dialog", { name: "New access token" });
	await making.getByLabel("What it is for").fill(name);
	await making.getByLabel("Ends after").selectOption("7 days");
	await making.getByRole("button", { name: "Create token" }).click();
	const shown = page.getByRole("dialog", { name: `The token ${name}` });
	const token = (await shown.getByRole("region", { name: "access token" }).textContent())!;
	await shown.getByRole("button", { name: "I have copied it" }).click();
	const me = () => fetch(`${platform().url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
	expect((await me()).status).toBe(200);

	await page.getByRole("button", { name: `Revoke ${name}` }).click();
	await page.getByRole("button", { name: "Revoke token" }).click();
	// Behind an open dialog there is nothing to be seen by roles.
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(0);
	expect((await me()).status).toBe(401);
});
