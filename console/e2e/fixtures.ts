import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

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
	expectNone(
		await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze(),
	);
}

/** What another appearance can break of a page that is accessible otherwise. */
export async function expectContrast(page: Page) {
	expectNone(await new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]).analyze());
}

function expectNone({ violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>) {
	expect(
		violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`),
	).toEqual([]);
}

/** A name that nobody has yet. */
export const fresh = (word: string) => `${word}-${Date.now().toString(36)}`;
