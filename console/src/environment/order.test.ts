import { describe, expect, it } from "vitest";
import { inOrder, moved } from "./order";

const named = (...names: string[]) => names.map((name) => ({ name }));

describe("the order of environments", () => {
	it("is that of the default pipeline, then of the others, then by name", () => {
		const pipelines = [
			{ name: "canary", stages: ["development", "canary"] },
			{ name: "default", stages: ["development", "staging", "production"] },
		];
		expect(inOrder(named("b", "a", "canary", "production", "staging", "development"), pipelines)).toEqual(
			named("development", "staging", "production", "canary", "a", "b"),
		);
	});
});

describe("a stage that is moved", () => {
	it("changes places with its neighbours and stays inside", () => {
		expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
		expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
		expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
		expect(moved(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
	});
});
