import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLES } from "../src/component/samples";
import { expect, fresh, test } from "./fixtures";
import { api, launcherToken, platform } from "./platform";

const MARKUP = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>`;

test("markup in names, commit messages and log lines is shown as text, and never run", async ({ page }) => {
	test.setTimeout(240_000);
	const org = fresh("markup");
	await api("POST", "/organizations", { name: org, displayName: MARKUP });
	await api("POST", `/organizations/${org}/members`, { username: "admin", role: "owner" });
	await api("POST", `/organizations/${org}/projects`, { name: "shop", displayName: MARKUP, description: MARKUP });
	await api("POST", `/organizations/${org}/projects/shop/components`, { name: "api", displayName: MARKUP });
	const folder = mkdtempSync(join(tmpdir(), "markup-"));
	const git = (...words: string[]) => execFileSync("git", ["-C", folder, ...words], { stdio: "pipe" });
	try {
		for (const { path, content } of SAMPLES.find((it) => it.id === "node")!.files) {
			const said = path === "server.js" ? `console.log(${JSON.stringify(MARKUP)});\n` : "";
			writeFileSync(join(folder, path), said + new TextDecoder().decode(content));
		}
		git("init", "-q", "-b", "main");
		git("add", ".");
		git("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "-m", MARKUP);
		const header = `Authorization: Basic ${btoa(`git:${await launcherToken()}`)}`;
		git("-c", `http.extraHeader=${header}`, "push", `${platform().url}/git/${org}/shop/api.git`, "main");
	} finally {
		rmSync(folder, { recursive: true });
	}

	for (const path of [`/orgs/${org}`, `/orgs/${org}/projects/shop`, `/orgs/${org}/projects/shop/components/api`]) {
		await page.goto(path);
		await expect(page.getByRole("main").getByText(MARKUP).first()).toBeVisible();
	}
	await page.goto(`/orgs/${org}/projects/shop/components/api/builds`);
	await page.getByRole("table", { name: "Builds" }).getByRole("link").first().click();
	await expect(page.getByRole("region", { name: "Build log" })).toContainText(MARKUP);
	await page.goto(`/orgs/${org}/projects/shop/components/api/runtime`);
	await expect(page.getByRole("region", { name: "Log of api in development" })).toContainText(MARKUP, {
		timeout: 90_000,
	});
	expect(await page.evaluate(() => "hacked" in window)).toBe(false);
	await expect(page.locator('img[src="x"]')).toHaveCount(0);
});
