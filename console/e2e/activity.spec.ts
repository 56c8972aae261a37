import { expect, fresh, test } from "./fixtures";
import { api } from "./platform";

test("what changed is read by pages, and grows while one looks", async ({ page }) => {
	const org = fresh("news");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "first" });
	// More than a page of them.
	for (let at = 0; at < 120; at += 30) {
		await Promise.all(
			Array.from({ length: 30 }, (_, i) =>
				api("POST", `/organizations/${org}/projects/first/components`, { name: `c${at + i}`, type: "service" }),
			),
		);
	}
	await page.goto(`/orgs/${org}`);
	const changes = page.getByRole("list", { name: "What changed" }).getByRole("listitem");
	await expect(changes).toHaveCount(100);
	await expect(page.getByText("Project created")).toHaveCount(0);
	await page.getByRole("button", { name: "Older changes" }).click();
	await expect(page.getByText("Project created")).toBeVisible();
	await expect(page.getByRole("button", { name: "Older changes" })).toHaveCount(0);

	await api("POST", `/organizations/${org}/projects`, { name: "second" });
	await expect(changes.first()).toContainText("second");
	await expect(changes.first()).toContainText("Project created");

	// Of one project only.
	await page.goto(`/orgs/${org}/projects/second`);
	await expect(page.getByText("No components yet")).toBeVisible();
	await page.goto(`/orgs/${org}/projects/first`);
	await expect(changes.first()).toContainText("first/");
	await expect(page.getByText("second")).toHaveCount(1);
});
