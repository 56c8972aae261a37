import { createHmac, randomUUID } from "node:crypto";
import { expect, expectAccessible, fresh, test } from "./fixtures";
import { api } from "./platform";

test("a data plane is registered, is told once how to join, and is removed", async ({ page }) => {
	const name = fresh("plane");
	await page.goto("/orgs/acme/data-planes");
	await expect(page.getByRole("row", { name: /^local/ })).toContainText("Connected");
	await page.getByRole("button", { name: "New data plane" }).click();
	const making = page.getByRole("dialog", { name: "New data plane" });
	await making.getByLabel("Name").fill(name);
	await making.getByLabel("Domain").fill("east.example.com");
	await making.getByRole("button", { name: "Register data plane" }).click();
	const joining = page.getByRole("dialog", { name: `How ${name} joins` });
	const settings = joining.getByRole("region", { name: "settings to join with" });
	await expect(settings).toContainText("cytoplane.data-plane.join-token=");
	const first = (await settings.textContent())!;
	await expectAccessible(page);
	await joining.getByRole("button", { name: "I have copied it" }).click();
	await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Has not joined");

	await page.getByRole("button", { name: `Actions for ${name}` }).click();
	await page.getByRole("menuitem", { name: "New join token" }).click();
	await page.getByRole("button", { name: "Make join token" }).click();
	await expect(settings).not.toHaveText(first);
	await joining.getByRole("button", { name: "I have copied it" }).click();

	await page.getByRole("button", { name: `Actions for ${name}` }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await page.getByLabel(`Type ${name} to go on`).fill(name);
	await page.getByRole("button", { name: "Remove data plane" }).click();
	// Behind an open dialog there is nothing to be seen by roles.
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(0);
});

test("the audit log is whole, is narrowed by what is clicked, and goes on by pages", async ({ page }) => {
	const org = fresh("log");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	// More than a page of it.
	for (let at = 0; at < 210; at += 30) {
		await Promise.all(
			Array.from({ length: 30 }, (_, i) =>
				api("POST", `/organizations/${org}/environments`, { name: `e${at + i}`, dataPlane: "local" }),
			),
		);
	}
	await page.goto(`/orgs/${org}/audit`);
	await expect(page.getByText("The chain is whole")).toBeVisible();
	const rows = page.getByRole("table", { name: "Audit entries" }).getByRole("row");
	// Only what is near to what is seen is in the page; what follows is read when its end comes near.
	const table = page.getByRole("table", { name: "Audit entries" });
	await expect(table).toHaveAttribute("aria-rowcount", "201");
	await expect(rows.first()).toBeVisible();
	expect(await rows.count()).toBeLessThan(120);
	await expect(async () => {
		await page.keyboard.press("End");
		await expect(page.getByRole("button", { name: "Entry 1", exact: true })).toBeInViewport({ timeout: 1000 });
	}).toPass();
	await expectAccessible(page);
	await expect(page.getByRole("button", { name: "Older entries" })).toHaveCount(0);

	await page.keyboard.press("End");
	await page.getByRole("button", { name: "member.added: only these" }).last().click();
	await expect(page).toHaveURL(/action=member.added/);
	await expect(rows).toHaveCount(3);
	await expect(page.getByLabel("Did what")).toHaveValue("member.added");
	await page
		.getByRole("button", { name: /^Entry / })
		.first()
		.click();
	await expect(page.getByRole("dialog")).toContainText('"role": "owner"');
	await expectAccessible(page);
	await page.getByRole("button", { name: "Close" }).click();

	await page.getByLabel("Who").fill("nobody");
	await page.getByRole("button", { name: "Filter" }).click();
	await expect(page.getByText("No entry matches")).toBeVisible();
	await page.goBack();
	await expect(rows).toHaveCount(3);
});

test("endpoints are narrowed, and the choice is in the address", async ({ page }) => {
	await page.goto("/orgs/acme/endpoints");
	const table = page.getByRole("table", { name: "Endpoints" });
	await expect(table.getByRole("row", { name: /storefront\/web/ }).first()).toContainText("Healthy");
	await page.getByLabel("Project", { exact: true }).selectOption("orders");
	await expect(table.getByRole("row", { name: /storefront/ })).toHaveCount(0);
	await expect(page).toHaveURL(/project=orders/);
	await page.getByLabel("Offered to").selectOption("public");
	await expect(table.getByRole("row", { name: /internal/ })).toHaveCount(0);
	await page.reload();
	await expect(page.getByLabel("Project", { exact: true })).toHaveValue("orders");
});

test("a webhook takes signed pushes, and takes one again by its new filters", async ({ page }) => {
	const org = fresh("hooks");
	const repository = `https://github.com/acme/${org}`;
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "shop" });
	await api("POST", `/organizations/${org}/projects/shop/components`, {
		name: "api",
		autoDeploy: false,
		source: { kind: "git", url: repository },
	});
	await page.goto(`/orgs/${org}/projects/shop/components/api`);
	await page.getByRole("navigation", { name: "Component" }).getByRole("link", { name: "Webhook" }).click();
	await page.getByRole("button", { name: "Set up webhook" }).click();
	const shown = page.getByRole("dialog", { name: "Enter this at GitHub" });
	const address = (await shown.getByRole("region", { name: "payload url" }).textContent())!;
	const secret = (await shown.getByRole("region", { name: "secret", exact: true }).textContent())!;
	await expectAccessible(page);
	await shown.getByRole("button", { name: "I have copied it" }).click();

	await page.getByLabel("Branches that are built").fill("main");
	await page.getByRole("button", { name: "Save filters" }).click();
	await expect(page.getByRole("button", { name: "Save filters" })).toBeDisabled();
	expect(await deliver(address, secret, push(repository, "topic"))).toBe(202);
	expect(await deliver(address, "another", push(repository, "topic"))).toBe(401);
	const rows = page.getByRole("table", { name: "Deliveries" }).getByRole("row");
	await expect(rows).toHaveCount(2);
	await expect(rows.nth(1)).toContainText("The branch topic is none of those that are built (main).");

	await page.getByLabel("Branches that are built").fill("main\ntopic");
	await page.getByRole("button", { name: "Save filters" }).click();
	await expect(page.getByRole("button", { name: "Save filters" })).toBeDisabled();
	await page.getByRole("button", { name: /Take the delivery .* again/ }).click();
	await expect(rows.nth(1)).toContainText("Build queued");
	await expect(rows.nth(1)).toContainText("again");
	await expectAccessible(page);

	// A new secret, and the old one does not count any more.
	await page.getByRole("button", { name: "New secret" }).click();
	await page.getByRole("button", { name: "Make new secret" }).click();
	await expect(shown.getByRole("region", { name: "secret", exact: true })).not.toHaveText(secret);
	await shown.getByRole("button", { name: "I have copied it" }).click();
	expect(await deliver(address, secret, push(repository, "main"))).toBe(401);

	await page.getByRole("button", { name: "Delete webhook" }).click();
	await page.getByLabel("Type api to go on").fill("api");
	await page.getByRole("dialog").getByRole("button", { name: "Delete webhook" }).click();
	await expect(page.getByText("No webhook yet")).toBeVisible();
	expect(await deliver(address, secret, push(repository, "main"))).toBe(404);
});

const push = (repository: string, branch: string) =>
	JSON.stringify({
		ref: `refs/heads/${branch}`,
		after: "a".repeat(40),
		repository: { html_url: repository },
		commits: [{ added: ["README.md"], modified: [], removed: [] }],
	});

async function deliver(address: string, secret: string, body: string): Promise<number> {
	const answer = await fetch(address, {
		method: "POST",
		headers: {
			"Content-Type": "application/json",
			"X-GitHub-Event": "push",
			"X-GitHub-Delivery": randomUUID(),
			"X-Hub-Signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
		},
		body,
	});
	return answer.status;
}
