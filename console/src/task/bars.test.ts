import { describe, expect, it } from "vitest";
import { bars } from "./bars";

const at = (second: number) => new Date(second * 1000).toISOString();

describe("runs as bars", () => {
	it("stand in the order of time, as high as they took long", () => {
		const seen = bars(
			[
				{ id: "c", status: "RUNNING", startedAt: at(100), endedAt: null },
				{ id: "b", status: "FAILED", startedAt: at(50), endedAt: at(55) },
				{ id: "a", status: "SUCCEEDED", startedAt: at(10), endedAt: at(10) },
			],
			110_000,
		);
		expect(seen.map((it) => it.id)).toEqual(["a", "b", "c"]);
		expect(seen.map((it) => it.height)).toEqual([0.08, 0.5, 1]);
	});
	it("leave out what has not begun, and what is beyond the last ones", () => {
		const many = Array.from({ length: 60 }, (_, i) => ({
			id: `r${i}`,
			status: "SUCCEEDED" as const,
			startedAt: i === 0 ? null : at(i),
			endedAt: at(i + 1),
		}));
		expect(bars(many, 0)).toHaveLength(29);
	});
});
