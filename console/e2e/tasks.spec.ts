import { expect, expectAccessible, fresh, test } from "./fixtures";
import { api } from "./platform";

test("a task is made from a sample, is run with arguments, tells what became of it, and is cancelled", async ({
	page,
}) => {
	test.setTimeout(240_000);
	const org = fresh("tasks");
	await api("POST", "/organizations", { name: org, displayName: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "shop" });

	await page.goto(`/orgs/${org}/projects/shop/new-component`);
	await page.getByRole("radio", { name: /Sample: A scheduled task/ }).check();
	await page.getByRole("button", { name: "Create and deploy" }).click();
	await expect(page.getByText("Live in development")).toBeVisible({ timeout: 120_000 });
	const tabs = page.getByRole("navigation", { name: "Component" });
	await expect(tabs.getByRole("link", { name: "Runtime" })).toHaveCount(0);
	await tabs.getByRole("link", { name: "Runs" }).click();

	// When it runs.
	const schedule = page.getByRole("region", { name: "When it runs" });
	await expect(schedule.getByText("0 * * * *")).toBeVisible();
	await expect(schedule.getByText("5 minutes")).toBeVisible();
	await expect(page.getByText("No runs in development yet")).toBeVisible();

	// One that goes well.
	await page.getByRole("button", { name: "Run now" }).click();
	const dialog = page.getByRole("dialog", { name: "Run report in development" });
	await dialog.getByLabel("Arguments").fill("last monday");
	await expect(dialog.getByRole("group", { name: "The same by command line" })).toContainText(
		"cyto task run shop/report -e development -- 'last monday'",
	);
	await expectAccessible(page);
	await dialog.getByRole("button", { name: "Run", exact: true }).click();
	await expect(page.getByText("A run in development is ordered")).toBeVisible();
	const rows = page.getByRole("table", { name: "Runs" }).getByRole("row");
	await expect(rows.nth(1)).toContainText("Succeeded", { timeout: 60_000 });
	await expect(page.getByRole("region", { name: "Log of the run" })).toContainText("Report of last monday");
	await expect(page).toHaveURL(/run=[0-9a-f-]{36}/);

	// One that fails, and says why.
	await page.getByRole("button", { name: "Run now" }).click();
	await dialog.getByLabel("Arguments").fill("never");
	await dialog.getByRole("button", { name: "Run", exact: true }).click();
	await expect(rows.nth(1)).toContainText("Failed", { timeout: 60_000 });
	await expect(page.getByText("It exited with code 1").first()).toBeVisible();
	await expect(page.getByRole("group", { name: "How long the last runs took" }).getByRole("link")).toHaveCount(2);
	await expectAccessible(page);

	// The one before is a click away, and a deep link.
	await rows.nth(2).getByRole("link").click();
	await expect(page.getByRole("region", { name: "Log of the run" })).toContainText("Report of last monday");
	await page.reload();
	await expect(page.getByRole("region", { name: "Log of the run" })).toContainText("Report of last monday");
});
