import { describe, expect, it } from "vitest";
import { indented } from "./json";

describe("JSON that is shown", () => {
	it("has a line for each member", () => {
		expect(indented('{"a":1,"b":[true,{"c":"x, {y}: \\"z\\""}],"d":{},"e":[]}')).toBe(
			[
				"{",
				'  "a": 1,',
				'  "b": [',
				"    true,",
				"    {",
				'      "c": "x, {y}: \\"z\\""',
				"    }",
				"  ],",
				'  "d": {},',
				'  "e": []',
				"}",
			].join("\n"),
		);
	});
	it("keeps numbers as they came", () => {
		expect(indented('{"id":12345678901234567890,"x":1.0}')).toBe('{\n  "id": 12345678901234567890,\n  "x": 1.0\n}');
	});
	it("is left alone when it is none", () => {
		expect(indented("<b>{not json</b>")).toBe("<b>{not json</b>");
	});
});
