import { test as base, expect, type Page } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";

declare global {
	interface Window {
		axe: typeof axe;
	}
}

/** A page of which every error in the browser's console is a failure, unless a test says that it has to come. */
export const test = base.extend<{ expected: string }>({
	/** What the browser may complain about, as a regular expression. */
	expected: ["", { option: true }],
	page: async ({ page, expected }, use) => {
		const errors: string[] = [];
		page.on("console", (message) => {
			// That a component has no webhook, or an environment no repository, is said by 404, which the browser takes for an error.
			const asked = /\/(webhook|delivery)$/.test(message.location().url) && message.text().includes("404");
			if (message.type() === "error" && !asked) errors.push(message.text());
		});
		page.on("pageerror", (failure) => errors.push(failure.message));
		await use(page);
		expect(errors.filter((it) => !expected || !new RegExp(expected, "i").test(it))).toEqual([]);
	},
});

export { expect };

export async function signIn(page: Page, username: string, password: string) {
	await page.getByLabel("Username").fill(username);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: "Sign In" }).click();
}

/** Nothing on the page that keeps people out (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page) {
	await expectNone(page, { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
}

/** What another appearance can break of a page that is accessible otherwise. */
export async function expectContrast(page: Page) {
	await expectNone(page, { type: "rule", values: ["color-contrast", "link-in-text-block"] });
}

/** The package that runs axe for Playwright reads it into the page anew each time, and opens another page for what it found. */
async function expectNone(page: Page, runOnly: RunOnly) {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
	const found = await page.evaluate(
		async (only) =>
			(await window.axe.run(document, { runOnly: only, resultTypes: ["violations"] })).violations.map(
				({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
			),
		runOnly,
	);
	expect(found).toEqual([]);
}

/** A name that nobody has yet. */
export const fresh = (word: string) => `${word}-${Date.now().toString(36)}`;
