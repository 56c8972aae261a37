import { expect, expectAccessible, fresh, test } from "./fixtures";
import { api } from "./platform";

// The server refuses what is in use, and does not know what was deleted; the browser tells of both.
test.use({ expected: "409|404|There is no organization" });

test("an environment is made, put into a pipeline at its place, and deleted", async ({ page }) => {
	const org = fresh("places");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await page.goto(`/orgs/${org}/environments`);

	await page.getByRole("button", { name: "New environment" }).click();
	const making = page.getByRole("dialog", { name: "New environment" });
	await making.getByLabel("Name").fill("canary");
	await making.getByLabel("It is production").check();
	await expect(making.getByRole("group", { name: "The same by command line" })).toContainText(
		`cyto create environment canary --organization ${org} --data-plane local --production`,
	);
	await expectAccessible(page);
	await making.getByRole("button", { name: "Create environment" }).click();
	await expect(page.getByRole("row", { name: /canary production/ })).toContainText("none: releases cannot be promoted");

	// The stages are drawn in their order, and moved where they are drawn.
	const stages = page.getByRole("list", { name: "Stages of default" }).getByRole("listitem");
	await expect(stages).toHaveText([/development/, /staging/, /production/]);
	await page.getByRole("button", { name: "Change stages" }).click();
	await page.getByRole("button", { name: "Add a stage" }).click();
	await page.getByRole("menuitem", { name: "canary" }).click();
	await page.getByRole("button", { name: "Move canary earlier" }).click();
	await expectAccessible(page);
	await page.getByRole("button", { name: "Save stages" }).click();
	await expect(page.getByRole("button", { name: "Save stages" })).toHaveCount(0);
	await expect(stages).toHaveText([/development/, /staging/, /canary/, /production/]);
	expect((await api<{ stages: string[] }>("GET", `/organizations/${org}/pipelines/default`)).stages).toEqual([
		"development",
		"staging",
		"canary",
		"production",
	]);

	// What was done can be taken back.
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(stages).toHaveText([/development/, /staging/, /production/]);

	// What cannot be taken back has to be typed; what is in use is refused, and says why.
	await page.getByRole("button", { name: "Actions for staging" }).click();
	await page.getByRole("menuitem", { name: "Delete" }).click();
	const deleting = page.getByRole("dialog", { name: "Delete staging?" });
	await expect(deleting.getByRole("button", { name: "Delete environment" })).toBeDisabled();
	await deleting.getByLabel("Type staging to go on").fill("staging");
	await deleting.getByRole("button", { name: "Delete environment" }).click();
	await expect(deleting.getByRole("alert")).toContainText("default");
	await deleting.getByRole("button", { name: "Cancel" }).click();

	await page.getByRole("button", { name: "Actions for canary" }).click();
	await page.getByRole("menuitem", { name: "Delete" }).click();
	await page.getByLabel("Type canary to go on").fill("canary");
	await page.getByRole("button", { name: "Delete environment" }).click();
	// Behind an open dialog there is nothing to be seen by roles.
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await expect(page.getByRole("row", { name: /canary/ })).toHaveCount(0);
});

test("an organization is renamed, and deleted once it is empty", async ({ page }) => {
	const org = fresh("ending");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "shop" });
	await page.goto(`/orgs/${org}/settings`);
	await page.getByLabel("Display name").fill("Soon gone");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByRole("button", { name: /Organization Soon gone/ })).toBeVisible();
	await expect(page.getByText("It still has 1 project.")).toBeVisible();
	await expect(page.getByRole("button", { name: "Delete organization" })).toBeDisabled();

	await api("DELETE", `/organizations/${org}/projects/shop`);
	await page.getByRole("button", { name: "Delete organization" }).click();
	const asked = page.getByRole("dialog", { name: `Delete ${org}?` });
	await asked.getByLabel(`Type ${org} to go on`).fill(org);
	await expectAccessible(page);
	await asked.getByRole("button", { name: "Delete organization" }).click();
	await expect(page).not.toHaveURL(new RegExp(`/orgs/${org}`));
	await page.goto(`/orgs/${org}`);
	await expect(page.getByText("There is nothing here")).toBeVisible();
});
