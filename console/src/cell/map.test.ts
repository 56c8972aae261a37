import { describe, expect, it } from "vitest";
import { cellMap, mapLayout } from "./map";

const cell = (project: string, connections: { cell?: string; host?: string }[] = []) => ({
	name: `${project}.dev.acme`,
	project,
	environment: "dev",
	version: 1,
	observedVersion: 1,
	health: "HEALTHY" as const,
	components: 1,
	ready: 1,
	open: false,
	connections: connections.map((it) => ({
		component: "api",
		name: "c",
		cell: it.cell ? `${it.cell}.dev.acme` : null,
		project: it.cell ?? null,
		endpoint: it.cell ? "api/http" : null,
		host: it.host ?? null,
	})),
});

describe("the map of cells", () => {
	const map = cellMap([
		cell("front", [{ cell: "orders" }, { cell: "orders" }, { cell: "gone" }]),
		cell("orders", [{ host: "mail.example.com" }]),
	]);
	it("draws one line for all that one cell calls of another", () => {
		expect(map.edges.map((it) => [it.from, it.to, it.calls.length])).toEqual([
			["front.dev.acme", "orders.dev.acme", 2],
			["orders.dev.acme", "south/mail.example.com", 1],
		]);
	});
	it("puts callers above whom they call, and third parties below", () => {
		const { boxes, paths } = mapLayout(map);
		const y = (id: string) => boxes.get(id)!.y;
		expect(y("front.dev.acme")).toBeLessThan(y("orders.dev.acme"));
		expect(y("orders.dev.acme")).toBeLessThan(y("south/mail.example.com"));
		expect(paths).toHaveLength(2);
	});
	it("draws a thousand cells that call in circles", () => {
		const many = Array.from({ length: 1000 }, (_, i) => cell(`p${i}`, [{ cell: `p${(i + 1) % 1000}` }]));
		expect(mapLayout(cellMap(many)).paths).toHaveLength(1000);
	});
});
