import { expect, fresh, test } from "./fixtures";

/** From nothing to something that runs, one stage on, back, and away: the one way that everybody goes. */
test("a sample comes to run in three steps, is promoted, configured, and taken out again", async ({
	page,
	context,
}) => {
	test.setTimeout(300_000);
	const org = fresh("first");
	const tab = (name: string) => page.getByRole("navigation", { name: "Component" }).getByRole("link", { name });
	await page.goto("/start");
	await page.getByLabel("What is it called?").fill("First steps");
	await page.getByLabel("Name in addresses").fill(org);
	await page.getByRole("button", { name: "Create organization" }).click();

	await expect(page.getByRole("heading", { level: 1, name: "New project" })).toBeVisible();
	await page.getByLabel("What is it called?").fill("Hello World");
	await expect(page.getByLabel("Name in addresses")).toHaveValue("hello-world");
	await page.getByRole("button", { name: "Create project" }).click();

	await expect(page.getByRole("heading", { level: 1, name: "New component" })).toBeVisible();
	await page.getByRole("radio", { name: /Sample: A web page/ }).check();
	await page.getByRole("button", { name: "Create and deploy" }).click();

	// The build, live.
	await expect(page.getByRole("region", { name: "Build log" })).toContainText("Release r-");
	await expect(page.getByText("Live in development")).toBeVisible({ timeout: 90_000 });
	const address = await page.getByRole("link", { name: /Open it/ }).getAttribute("href");
	const site = await context.newPage();
	await site.goto(address!);
	await expect(site.getByRole("heading", { name: "Hello from a cell" })).toBeVisible();
	await site.close();

	// One stage on. Nothing is reloaded: events do it.
	await tab("Deployments").click();
	await page.getByRole("button", { name: "Promote to staging" }).click();
	const staging = page.getByRole("listitem", { name: "staging" });
	await expect(staging.getByText("Live", { exact: true })).toBeVisible({ timeout: 90_000 });

	// Production is asked for first.
	await page.getByRole("button", { name: "Promote to production" }).click();
	const asked = page.getByRole("dialog", { name: "Promote to production?" });
	await expect(asked.getByRole("group", { name: "The same by command line" })).toContainText(
		"cyto promote hello-world/web --to production",
	);
	await asked.getByRole("button", { name: "Cancel" }).click();
	await expect(asked).toBeHidden();

	// A setting of its own.
	await tab("Configuration").click();
	await page.getByLabel("Name of a further setting").fill("COLOUR");
	await page.getByRole("button", { name: "Add" }).click();
	await page.getByRole("textbox", { name: "COLOUR" }).fill("<b>green</b>");
	await expect(page.getByRole("region", { name: "Changes" })).toContainText("COLOUR<b>green</b>");
	await page.getByRole("button", { name: "Save and deploy" }).click();
	await expect(page.getByText("Saved. What runs in development")).toBeVisible();
	await page.reload();
	await expect(page.getByRole("textbox", { name: "COLOUR" })).toHaveValue("<b>green</b>");

	// What runs.
	await tab("Runtime").click();
	await expect(page.getByRole("table", { name: "Instances" }).getByText("Ready").first()).toBeVisible({
		timeout: 60_000,
	});

	// Away with it: by its name only.
	await tab("Deployments").click();
	for (const environment of ["staging", "development"]) {
		await page.getByRole("button", { name: `More for ${environment}` }).click();
		await page.getByRole("menuitem", { name: `Take out of ${environment}` }).click();
		await page.getByRole("button", { name: "Take out", exact: true }).click();
		await expect(page.getByRole("listitem", { name: environment }).getByText("Nothing of it runs here.")).toBeVisible({
			timeout: 60_000,
		});
	}
	await tab("Settings").click();
	await page.getByRole("button", { name: "Delete component" }).click();
	const danger = page.getByRole("dialog", { name: "Delete web?" });
	await expect(danger.getByRole("button", { name: "Delete component" })).toBeDisabled();
	await danger.getByLabel("Type web to go on").fill("web");
	await danger.getByRole("button", { name: "Delete component" }).click();
	await expect(page.getByText("No components yet")).toBeVisible();
});
