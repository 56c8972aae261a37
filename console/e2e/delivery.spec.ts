import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, expectAccessible, fresh, test } from "./fixtures";
import { api, launcherToken } from "./platform";

const ENVIRONMENT = "development";

// An environment that is not written to a repository has no such resource.
test.use({ expected: "404|400" });

/** A repository that holds no component's source: any host will do, and the platform is at hand. */
async function repository(): Promise<string> {
	const org = fresh("cells");
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/projects`, { name: "platform" });
	const made = await api<{ gitUrl: string }>("POST", `/organizations/${org}/projects/platform/components`, {
		name: "cells",
		type: "service",
	});
	return made.gitUrl;
}

test("an environment's cells are written to a repository, and who changes a file is seen", async ({ page }) => {
	test.setTimeout(240_000);
	const url = await repository();
	const folder = mkdtempSync(join(tmpdir(), "cytoplane-delivery-"));
	const git = (...words: string[]) =>
		execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-C", folder, ...words], {
			stdio: "pipe",
		}).toString();
	try {
		await page.goto("/orgs/acme/environments");
		await page.getByRole("link", { name: `Delivery of ${ENVIRONMENT}` }).click();
		await expect(page.getByText("told to the data plane over the link")).toBeVisible();
		await expectAccessible(page);

		// What the platform may not reach is said at its field.
		await page.getByRole("button", { name: "Write them to a repository" }).click();
		const form = page.getByRole("dialog");
		await form.getByLabel("Repository").first().fill("https://169.254.169.254/cells.git");
		await form.getByRole("button", { name: "Write them" }).click();
		await expect(form.getByRole("alert")).toContainText("169.254.169.254");

		await form.getByLabel("Repository").first().fill(url);
		await form.getByLabel("Branch").fill("cells");
		await form.getByLabel("User").fill("git");
		await form.getByLabel("Token").fill(await launcherToken());
		await expectAccessible(page);
		await form.getByRole("button", { name: "Write them" }).click();

		const cells = page.getByRole("table", { name: "Cells" });
		const row = cells.getByRole("row", { name: /storefront/ });
		await expect(row).toContainText("In sync");
		await expect(row).toContainText("Ready");

		// Somebody else changes the file.
		const withToken = url.replace("://", `://git:${await launcherToken()}@`);
		git("clone", "--quiet", "--branch", "cells", withToken, ".");
		const file = join(folder, ENVIRONMENT, "storefront.yaml");
		writeFileSync(file, readFileSync(file, "utf8").replace(/replicas: \d+/, "replicas: 7"));
		git("commit", "--quiet", "-am", "By hand");
		git("push", "--quiet");
		// The next look would come within a minute; with a change of the settings it comes at once.
		await page.getByRole("button", { name: "Change", exact: true }).click();
		await form.getByLabel("Folder").fill(`./${ENVIRONMENT}`);
		await form.getByLabel("Folder").fill(ENVIRONMENT);
		await form.getByRole("button", { name: "Save" }).click();
		await expect(form).toHaveCount(0);
		await expect(row).toContainText("Drifted", { timeout: 100_000 });
		await expect(row).toContainText("Ann");
		const differing = page.getByRole("table", { name: "What differs in storefront" });
		await expect(differing).toContainText("replicas");
		await expect(differing).toContainText("7");
		await expectAccessible(page);

		await page.getByRole("button", { name: "Heal" }).click();
		await expect(row).toContainText("In sync", { timeout: 60_000 });
		git("pull", "--quiet");
		expect(readFileSync(file, "utf8")).not.toContain("replicas: 7");

		await page.getByRole("button", { name: "Write no more" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Write no more" }).click();
		await expect(page.getByText("told to the data plane over the link")).toBeVisible();
	} finally {
		rmSync(folder, { recursive: true });
		await api("DELETE", `/organizations/acme/environments/${ENVIRONMENT}/delivery`).catch(() => undefined);
	}
});

test("a cell is placed on another data plane before anything is deployed there", async ({ page }) => {
	const org = fresh("placed");
	const elsewhere = fresh("elsewhere");
	await api("POST", "/data-planes", { name: elsewhere });
	await api("POST", "/organizations", { name: org });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "store" });
	await page.goto(`/orgs/${org}/projects/store/settings`);
	await expect(page.getByText("Every cell runs where its environment says")).toBeVisible();

	await page.getByRole("button", { name: "Place a cell" }).click();
	const form = page.getByRole("dialog");
	await form.getByLabel("Environment").selectOption("staging");
	await form.getByLabel("Data plane").selectOption(elsewhere);
	await expect(form.getByRole("group", { name: "The same by command line" })).toContainText(
		`cyto create placement store staging --data-plane ${elsewhere} --organization ${org}`,
	);
	await expectAccessible(page);
	await form.getByRole("button", { name: "Place it" }).click();
	const row = page.getByRole("row", { name: /staging/ });
	await expect(row).toContainText(elsewhere);

	await page.getByRole("button", { name: "Actions for staging" }).click();
	await page.getByRole("menuitem", { name: "Let it run where its environment says" }).click();
	await expect(page.getByText("Every cell runs where its environment says")).toBeVisible();
	await api("DELETE", `/data-planes/${elsewhere}`);
});
