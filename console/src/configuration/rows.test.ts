import { describe, expect, it } from "vitest";
import { changes, rows } from "./rows";

describe("settings of an environment", () => {
	it("begin with what the descriptor declares, without its secrets", () => {
		const found = rows([{ name: "B" }, { name: "KEY", secret: true }, { name: "A", value: "1" }], { Z: "z", B: "own" });
		expect(found.map((it) => [it.name, it.own])).toEqual([
			["B", "own"],
			["A", undefined],
			["Z", "z"],
		]);
	});
	it("say what a save would change", () => {
		expect(changes({ A: "1", B: "2", C: "3" }, { A: "1", B: "two", D: "4" })).toEqual([
			{ name: "B", from: "2", to: "two" },
			{ name: "C", from: "3", to: undefined },
			{ name: "D", from: undefined, to: "4" },
		]);
	});
});
