import { chromium, type FullConfig } from "@playwright/test";
import { signIn } from "./fixtures";
import { platform } from "./platform";

/** Signs in once. The identity provider's cookie is kept; tokens are nowhere to be kept from. */
export default async function setup(config: FullConfig) {
	const { use } = config.projects[0]!;
	const browser = await chromium.launch(use.launchOptions);
	const page = await browser.newPage();
	const { url, adminPassword } = platform();
	await page.goto(url);
	await signIn(page, "admin", adminPassword);
	await page.getByRole("navigation", { name: "Main" }).waitFor();
	await page.context().storageState({ path: use.storageState as string });
	await browser.close();
}
