import { describe, expect, it } from "vitest";
import { argumentsOf, commandOf } from "./arguments";

const REF = { org: "acme", project: "shop", component: "report" };

describe("the arguments of a run", () => {
	it("are lines, with their blanks", () => {
		expect(argumentsOf("--since\nlast monday\n\n")).toEqual(["--since", "last monday"]);
		expect(argumentsOf("")).toEqual([]);
	});
	it("are quoted for a shell", () => {
		expect(commandOf(REF, "dev", ["--since", "it's; rm"])).toBe(
			`cyto task run shop/report -e dev -- --since 'it'\\''s; rm'`,
		);
		expect(commandOf(REF, "dev", [])).toBe("cyto task run shop/report -e dev");
	});
});
