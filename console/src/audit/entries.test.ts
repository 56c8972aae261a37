import { describe, expect, it } from "vitest";
import { auditCommand, brief, dayOf, startOfDay } from "./entries";

describe("an audit entry", () => {
	it("is told on one line", () => {
		expect(brief({ role: "admin", project: null, stages: ["a", "b"] })).toBe('role: admin, stages: ["a","b"]');
	});
});

describe("the days of a filter", () => {
	it("come back as they were chosen, the last one whole", () => {
		expect(dayOf(startOfDay("2026-03-29"))).toBe("2026-03-29");
		expect(dayOf(startOfDay("2026-03-29", 1), 1)).toBe("2026-03-29");
		expect(Date.parse(startOfDay("2026-03-02", 1)!) - Date.parse(startOfDay("2026-03-02")!)).toBe(24 * 3600_000);
		expect(startOfDay("")).toBeUndefined();
		expect(dayOf(undefined)).toBe("");
	});
	it("are in the command", () => {
		expect(auditCommand("acme", { actor: "ann" })).toBe("cyto list audit --organization acme --filter actor=ann");
	});
});
