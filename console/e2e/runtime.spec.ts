import { expect, expectAccessible, test } from "./fixtures";
import { api } from "./platform";

const COMPONENT = "/organizations/acme/projects/storefront/components/api";

test("a component is scaled, which can be undone, and restarted without a request that is refused", async ({
	page,
	request,
}) => {
	test.setTimeout(240_000);
	await page.goto("/orgs/acme/projects/storefront/components/api/runtime?environment=development");
	const ready = page.getByRole("table", { name: "Instances" }).getByText("Ready");
	await expect(ready).toHaveCount(1);
	const instance = await page
		.getByRole("table", { name: "Instances" })
		.getByRole("row")
		.nth(1)
		.getByRole("cell")
		.first()
		.textContent();

	// More of them.
	await page.getByRole("button", { name: "Scale" }).click();
	const scaling = page.getByRole("dialog", { name: "Scale api in development" });
	await expect(scaling.getByLabel("Instances")).toHaveValue("1");
	await scaling.getByLabel("Instances").fill("2");
	await expect(scaling.getByRole("group", { name: "The same by command line" })).toContainText(
		"cyto scale storefront/api -e development --instances 2",
	);
	await expectAccessible(page);
	await scaling.getByRole("button", { name: "Scale" }).click();
	await expect(page.getByText("2 instances run in development")).toBeVisible();
	await expect(ready).toHaveCount(2, { timeout: 90_000 });
	await expect(page.getByText(instance!, { exact: true }).first()).toBeVisible();

	// Back by the undo of the toast.
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(ready).toHaveCount(1, { timeout: 90_000 });

	// New ones, while somebody calls.
	const endpoints = await api<{ items: { component: string; url: string }[] }>(
		"GET",
		"/organizations/acme/endpoints?project=storefront&environment=development",
	);
	const url = endpoints.items.find((it) => it.component === "api")!.url;
	// Node.js does not know that *.localhost is this machine.
	const { port, pathname, host } = new URL(url);
	const headers = { Host: host };
	const answers: number[] = [];
	let calling = true;
	const caller = (async () => {
		while (calling) answers.push((await request.get(`http://localhost:${port}${pathname}`, { headers })).status());
	})();
	await page.getByRole("button", { name: "Restart" }).click();
	const asked = page.getByRole("dialog", { name: "Restart api in development?" });
	await expect(asked.getByRole("group", { name: "The same by command line" })).toContainText(
		"cyto restart storefront/api -e development",
	);
	await asked.getByRole("button", { name: "Restart" }).click();
	await expect(page.getByText("New instances are started in development")).toBeVisible();
	await expect(page.getByRole("table", { name: "Instances" }).getByText(instance!, { exact: true })).toHaveCount(0, {
		timeout: 90_000,
	});
	await expect(ready).toHaveCount(1);
	calling = false;
	await caller;
	expect(answers.length).toBeGreaterThan(10);
	expect(answers.filter((it) => it >= 500)).toEqual([]);

	const entries = await api<{ items: { details: { kind: string } }[] }>(
		"GET",
		"/organizations/acme/audit?action=deployment.created&resource=acme/storefront/api&limit=3",
	);
	expect(entries.items.map((it) => it.details.kind)).toEqual(["RESTART", "SCALE", "SCALE"]);
	const history = await api<{ items: { kind: string; replicas: number | null }[] }>(
		"GET",
		`${COMPONENT}/deployments?limit=1`,
	);
	expect(history.items[0]).toMatchObject({ kind: "RESTART" });
});
