import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** English is in the code; a catalogue for each other language says it in that one. `npm run texts` keeps them. */
export default defineConfig({
	sourceLocale: "en",
	locales: ["de"],
	catalogs: [{ path: "src/language/{locale}", include: ["src"], exclude: ["**/*.test.ts", "**/*.gen.ts"] }],
	format: formatter({ lineNumbers: false }),
	orderBy: "origin",
});
