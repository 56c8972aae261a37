import { expect, expectAccessible, fresh, signIn, test } from "./fixtures";
import { api, person, VIEWER } from "./platform";

const API = "/orgs/acme/projects/storefront/components/api/endpoints?environment=development";

// What the server refuses the browser calls an error.
test.use({ expected: "status of 400" });

test("an endpoint is tried out, and what comes back is told", async ({ page }) => {
	await page.goto("/orgs/acme/endpoints?environment=development&project=storefront");
	await page.getByRole("table", { name: "Endpoints" }).getByRole("link", { name: "storefront/api http" }).click();
	await expect(page.getByRole("heading", { level: 2, name: "Try it out" })).toBeVisible();
	await page.getByLabel("Path").fill("/products");
	await expect(page.getByRole("group", { name: "The same by curl" })).toContainText(
		/^curl --include '?http:\/\/storefront\.development\.acme\.localhost:\d+\/api\/products'?$/,
	);
	await page.getByRole("button", { name: "Send" }).click();
	const answer = page.getByRole("region", { name: "Answer" });
	await expect(answer.getByRole("status")).toContainText(/^200in \d+ ms, .* of application\/json$/);
	await expect(answer.getByRole("region", { name: "Body" })).toContainText('"currency": "EUR"');
	await answer.getByText(/^\d+ headers$/).click();
	await expect(answer.getByRole("row", { name: "content-type application/json" })).toBeVisible();
	await expectAccessible(page);
	// What is asked is in the address, and can be sent to somebody.
	await expect(page).toHaveURL(/endpoint=http/);
	await expect(page).toHaveURL(/path=%2Fproducts/);

	// An order that the shop does not take, with headers and a body of one's own.
	await page.getByLabel("Method").selectOption("POST");
	await page.getByLabel("Path").fill("/orders");
	await expect(page.getByLabel("Value of header 1")).toHaveValue("application/json");
	await page.getByRole("textbox", { name: "Body" }).fill('{"customer": "Ann"}');
	await expect(page.getByRole("group", { name: "The same by curl" })).toContainText("--data-raw");
	await page.getByRole("button", { name: "Send" }).click();
	await expect(answer.getByRole("status")).toContainText("400");
	await expect(answer.getByRole("region", { name: "Body" })).toContainText("The order was not placed");

	const entries = await api<{ items: { actorName: string; details: Record<string, string> }[] }>(
		"GET",
		"/organizations/acme/audit?action=endpoint.called&resource=acme/storefront/api/http&limit=1",
	);
	expect(entries.items[0]!.details).toEqual({ environment: "development", method: "POST", path: "/orders" });
});

test("a page that comes back is text, and a path cannot leave its endpoint", async ({ page }) => {
	await page.goto("/orgs/acme/projects/storefront/components/web/endpoints?environment=development");
	await page.getByRole("button", { name: "Send" }).click();
	const body = page.getByRole("region", { name: "Answer" }).getByRole("region", { name: "Body" });
	await expect(body).toContainText(/<!doctype html>/i);
	await expect(body.locator("script")).toHaveCount(0);

	await page.goto(API);
	await page.getByLabel("Path").fill("/../secret");
	await page.getByRole("button", { name: "Send" }).click();
	await expect(page.getByText("must not have segments of dots")).toBeVisible();
	await page.getByLabel("Path").fill("/products");
	await page.getByRole("button", { name: "Add a header" }).click();
	await page.getByLabel("Name of header 1").fill("Host");
	await page.getByLabel("Value of header 1").fill("elsewhere.example");
	await page.getByRole("button", { name: "Send" }).click();
	await expect(page.getByText("Host is set by the platform")).toBeVisible();
});

test("an endpoint that wants to know who calls says so, and how", async ({ page }) => {
	await page.goto("/orgs/acme/projects/orders/components/orders/endpoints?environment=development");
	await page.getByRole("button", { name: "Send" }).click();
	const answer = page.getByRole("region", { name: "Answer" });
	await expect(answer.getByRole("status")).toContainText("401");
	await expect(answer.getByRole("group", { name: "The same by command line" })).toContainText(
		"cyto token --audience apps",
	);
	await expectAccessible(page);
});

test("who may only look sees the call by curl, and sends none", async ({ browser }) => {
	await person();
	const org = fresh("tries");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/projects`, { name: "shop" });
	await api("POST", `/organizations/${org}/projects/shop/components`, { name: "api" });
	await api("POST", `/organizations/${org}/members`, { username: VIEWER.username, role: "viewer" });
	const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
	const page = await context.newPage();
	await page.goto(`/orgs/${org}/projects/shop/components/api/endpoints`);
	await signIn(page, VIEWER.username, VIEWER.password);
	await expect(page.getByText("It offers nothing in development")).toBeVisible();
	await expect(page.getByRole("button", { name: "Send" })).toHaveCount(0);
	await context.close();
});
