import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, it } from "vitest";
import { looseTexts } from "../../build/loose-texts";
import { LANGUAGES } from "./language";

/** What a text is filled with: values by their names, in the branches of plurals, too, and elements. */
function holes(text: string): string[] {
	const names = (parts: unknown): string[] =>
		Array.isArray(parts)
			? parts.flatMap((it) => (Array.isArray(it) ? [it[0], ...Object.values(it[2] ?? {}).flatMap(names)] : []))
			: [];
	return [...new Set([...names(compileMessage(text)), ...(text.match(/<\/?\w+\/?>/g) ?? [])])].sort();
}

describe.each(Object.keys(LANGUAGES).filter((it) => it !== "en"))("the catalogue %s", async (language) => {
	const [catalog] = await getCatalogs(getConfig());
	const written = (await catalog!.collect())!;
	const kept = (await catalog!.read(language))!;
	const texts = Object.values(kept);

	it("has every text of the source and no other (npm run texts puts that right)", () => {
		const missing = Object.keys(written).filter((id) => !kept[id]);
		const old = Object.keys(kept).filter((id) => !written[id]);
		expect({ missing: missing.map((id) => written[id]!.message), old: old.map((id) => kept[id]!.message) }).toEqual({
			missing: [],
			old: [],
		});
	});
	it("says every text", () => {
		expect(texts.filter((it) => !it.translation).map((it) => it.message)).toEqual([]);
	});
	it("leaves out nothing that a text is filled with", () => {
		const wrong = texts.filter((it) => `${holes(it.translation!)}` !== `${holes(it.message!)}`);
		expect(wrong.map((it) => it.message)).toEqual([]);
	});
});

describe("the source", () => {
	/** What is in them is no text of the console: files of samples, and how languages call themselves. */
	const other = ["component/samples.ts", "language/language.ts"];

	it("says nothing in English only", { timeout: 60_000 }, () => {
		const files = readdirSync("src", { recursive: true, encoding: "utf8" })
			.filter((it) => /\.tsx?$/.test(it) && !/\.(test|gen|d)\.ts$/.test(it) && !other.includes(it))
			.map((it) => join("src", it));
		expect(files.flatMap((it) => looseTexts(it, readFileSync(it, "utf8")))).toEqual([]);
	});
});

describe("texts that are in no catalogue", () => {
	const found = (source: string) => looseTexts("Page.tsx", source).length;

	it.each([
		["in an element", "() => <p>Nothing here</p>", 1],
		["chosen in one", "() => <p>{all ? <b>all</b> : 'none of them'}</p>", 2],
		["in an attribute", '() => <Field label="name" />', 1],
		["put together", "() => <Field label={`Name of $" + "{it}`} />", 1],
		["in a toast", "() => toast.done(`Saved $" + "{it}`)", 1],
		["read before the language is known", "const TEXT = t`Too early`;", 1],
	])("are found %s", (_, source, count) => expect(found(source)).toBe(count));

	it.each([
		["that are in it", "() => <p title={t`Nothing here`}><Trans>Nothing here</Trans></p>"],
		["that nobody reads", "() => <Field type='text' className={`field $" + "{it} wide`} />"],
		["that are typed", "() => <Cli command={`cyto show cell $" + "{it}`} />"],
	])("are not those %s", (_, source) => expect(found(source)).toBe(0));
});
