import { expect, it } from "vitest";
import { fit, zoomed } from "./viewport";

it("shows all of it in the middle", () => {
	const view = fit({ x: -100, y: -50, width: 1000, height: 500 }, 548, 600);
	expect(view.zoom).toBe(0.5);
	expect([-100 * view.zoom + view.x, 900 * view.zoom + view.x]).toEqual([24, 524]);
	expect([-50 * view.zoom + view.y, 450 * view.zoom + view.y]).toEqual([175, 425]);
});

it("keeps what is under the pointer where it is", () => {
	const before = { x: 10, y: 20, zoom: 1 };
	const after = zoomed(before, 2, { x: 110, y: 120 });
	expect([100 * after.zoom + after.x, 100 * after.zoom + after.y]).toEqual([110, 120]);
});

it("does not zoom without end", () =>
	expect(zoomed({ x: 0, y: 0, zoom: 4 }, 10, { x: 0, y: 0 })).toEqual({ x: 0, y: 0, zoom: 4 }));
