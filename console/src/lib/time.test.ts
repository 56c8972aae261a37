import { describe, expect, it } from "vitest";
import { bytes, duration, relative } from "./time";

describe("times as people say them", () => {
	const now = Date.parse("2026-01-02T00:00:00Z");
	it.each([
		[0, "now"],
		[-12_000, "12s ago"],
		[-90_000, "1m ago"],
		[-3 * 3600_000, "3h ago"],
		[-26 * 3600_000, "yesterday"],
		[5 * 86_400_000, "in 5d"],
		[370 * 86_400_000, "in 1y"],
	])("%d ms from now is %s", (offset, text) => {
		expect(relative(new Date(now + offset), now)).toBe(text);
	});
	it.each([
		[850, "850 ms"],
		[12_300, "12.3 s"],
		[245_000, "4m 05s"],
		[7_800_000, "2h 10m"],
	])("%d ms took %s", (time, text) => {
		expect(duration(time)).toBe(text);
	});
	it.each([
		[12, "12 B"],
		[4_233, "4.2 kB"],
		[53_944_320, "54 MB"],
	])("%d bytes are %s", (count, text) => {
		expect(bytes(count)).toBe(text);
	});
});
