import { describe, expect, it } from "vitest";
import { arrange, layout } from "./layout";
import type { CellModel, ComponentNode } from "./model";

const node = (id: string): ComponentNode => ({
	id,
	name: id,
	type: "service",
	release: "r-1",
	phase: "READY",
	message: "",
	ready: 1,
	replicas: 1,
});
const inside = (from: string, to: string) => ({
	id: `${from}>${to}`,
	from,
	to,
	side: undefined,
	label: "",
	healthy: undefined,
});

describe("rows of components", () => {
	it("put callers above whom they call", () => {
		expect(
			arrange(
				["db", "api", "web"],
				[
					{ from: "web", to: "api" },
					{ from: "api", to: "db" },
					{ from: "web", to: "db" },
				],
			),
		).toEqual([["web"], ["api"], ["db"]]);
	});
	it("end although components call each other in a circle", () => {
		const rows = arrange(
			["a", "b", "c"],
			[
				{ from: "a", to: "b" },
				{ from: "b", to: "c" },
				{ from: "c", to: "a" },
			],
		);
		expect(rows.flat().sort()).toEqual(["a", "b", "c"]);
	});
	it("are broken where they get long", () => {
		const rows = arrange(
			Array.from({ length: 200 }, (_, it) => `c${it}`),
			[],
		);
		expect(rows.flat()).toHaveLength(200);
		expect(Math.max(...rows.map((it) => it.length))).toBeLessThanOrEqual(16);
	});
});

describe("the drawing of a cell", () => {
	const model: CellModel = {
		project: "shop",
		environment: "development",
		host: "shop.localhost",
		version: 1,
		components: Array.from({ length: 200 }, (_, it) => node(`c${it}`)),
		outside: [
			{ id: "public", side: "north", title: "Public", detail: "" },
			{ id: "east/orders", side: "east", title: "orders", detail: "" },
		],
		edges: [
			...Array.from({ length: 199 }, (_, it) => inside(`c${it}`, `c${(it * 7) % 200}`)),
			{ id: "n", from: "public", to: "c0", side: "north", label: "/", healthy: true },
			{ id: "e", from: "c0", to: "east/orders", side: "east", label: "orders", healthy: undefined },
		],
	};
	const found = layout(model);
	it("lets no component stand on another, and none outside of its cell", () => {
		const boxes = model.components.map((it) => found.boxes.get(it.id)!);
		for (const [index, a] of boxes.entries()) {
			expect(a.x).toBeGreaterThan(0);
			expect(a.x + a.width).toBeLessThan(found.cell.width);
			expect(a.y + a.height).toBeLessThan(found.cell.height);
			for (const b of boxes.slice(index + 1)) {
				expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
					true,
				);
			}
		}
	});
	it("puts what is outside on the side of its gateway", () => {
		expect(found.boxes.get("public")!.y).toBeLessThan(0);
		expect(found.boxes.get("east/orders")!.x).toBeGreaterThan(found.cell.width);
	});
	it("keeps labels out of the way of lines that come down beside them", () => {
		const north = found.edges.find((it) => it.edge.side === "north")!;
		const box = found.boxes.get("c0")!;
		const gate = found.gateways.north;
		const fromTheRight = gate.x + gate.width / 2 > box.x + box.width / 2;
		expect(north.label.side).toBe(fromTheRight ? "left" : "right");
		expect(north.label.x < box.x + box.width / 2).toBe(fromTheRight);
	});
	it("draws every connection", () => expect(found.edges).toHaveLength(model.edges.length));
});
