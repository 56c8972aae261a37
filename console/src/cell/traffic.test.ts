import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { figuresOf, isOld, latency, rate, share } from "./traffic";

const edge = (change: Partial<Schema["TrafficEdge"]>): Schema["TrafficEdge"] => ({
	direction: "PUBLIC",
	component: "api",
	name: "http",
	caller: null,
	requests: 60,
	requestsPerSecond: 2,
	clientErrors: 0,
	serverErrors: 3,
	p50Milliseconds: 4.2,
	p95Milliseconds: 1250,
	...change,
});
const view = (...edges: Schema["TrafficEdge"][]): Schema["TrafficView"] => ({
	from: "2026-01-01T00:00:00Z",
	until: "2026-01-01T00:00:30Z",
	edges,
});

describe("the traffic of a cell", () => {
	it("is found by the edges of the drawing", () => {
		const found = figuresOf(
			view(
				edge({}),
				edge({ direction: "WESTBOUND", caller: "shop.development.acme" }),
				edge({ direction: "OUTBOUND", name: "orders" }),
			),
		);
		expect([...found.keys()]).toEqual(["north/api/http", "west/shop.development.acme/api/http", "api>orders"]);
		expect(found.get("north/api/http")).toMatchObject({
			rate: "2.0/s",
			p50: "4.2 ms",
			p95: "1.3 s",
			failed: "5 %",
			refused: "",
		});
	});
	it("leaves out what had no requests, and is nothing before anything was told", () => {
		expect(figuresOf(view(edge({ requests: 0, p50Milliseconds: null, p95Milliseconds: null }))).size).toBe(0);
		expect(figuresOf(undefined).size).toBe(0);
	});
	it("is old when nobody tells it any more, and not when nothing happens", () => {
		const end = Date.parse("2026-01-01T00:00:30Z");
		expect(isOld(view(edge({})), end + 10_000)).toBe(false);
		expect(isOld(view(edge({})), end + 60_000)).toBe(true);
		expect(isOld(view(edge({ requests: 0 })), end + 60_000)).toBe(false);
	});
	it("is said in few words", () => {
		expect([0.03, 2, 12.4, 999, 1250, 31_000].map(rate)).toEqual([
			"0.03/s",
			"2.0/s",
			"12/s",
			"999/s",
			"1.3k/s",
			"31k/s",
		]);
		expect([0.3, 12.4, 1500, 10_000].map(latency)).toEqual(["0.3 ms", "12 ms", "1.5 s", "over 10 s"]);
		expect([share(0, 10), share(1, 1000), share(3, 10)]).toEqual(["", "< 1 %", "30 %"]);
	});
});
