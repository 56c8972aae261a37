import type { CellModel, Edge, Side } from "./model";
import { n, type Point, sideways, upDown } from "./shapes";

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Drawn {
	edge: Edge;
	/** From where it begins to where it ends, through its gateway. */
	path: string;
	label: Place;
}

/** Where a label stands: around that point, or beside it where a line comes from the other side. */
interface Place {
	x: number;
	y: number;
	side?: "left" | "right";
}

export interface Layout {
	/** All of it. */
	bounds: Box;
	cell: Box;
	/** Where things are, by id. */
	boxes: Map<string, Box>;
	gateways: Record<Side, Box>;
	edges: Drawn[];
	/** Between those outside and the gateways, once for each of them. */
	outer: { id: string; side: Side; path: string }[];
}

export const NODE = { width: 178, height: 60 };
export const OUTSIDE = { width: 150, height: 48 };
/** The public's box names the cell's host. */
const PUBLIC = { width: 270, height: 48 };
const GAP = { x: 40, y: 62 };
const PADDING = 74;
const AWAY = 84;
const GATEWAY = { long: 112, short: 28 };
const MIN = { width: 460, height: 300 };

/**
 * Callers stand above whom they call, as far as there is a direction at all; rows that would become too long are broken.
 * Takes milliseconds for hundreds of components, since it does no more than that.
 */
export function layout(model: CellModel): Layout {
	const rows = arrange(
		model.components.map((it) => it.id),
		model.edges.filter((it) => !it.side),
	);
	const longest = Math.max(1, ...rows.map((it) => it.length));
	const inner = {
		width: longest * (NODE.width + GAP.x) - GAP.x,
		height: Math.max(1, rows.length) * (NODE.height + GAP.y) - GAP.y,
	};
	const cell: Box = {
		x: 0,
		y: 0,
		width: Math.max(MIN.width, inner.width + 2 * PADDING),
		height: Math.max(MIN.height, inner.height + 2 * PADDING),
	};
	const boxes = new Map<string, Box>();
	const top = (cell.height - inner.height) / 2;
	rows.forEach((row, index) => {
		const width = row.length * (NODE.width + GAP.x) - GAP.x;
		row.forEach((id, place) => {
			boxes.set(id, {
				x: (cell.width - width) / 2 + place * (NODE.width + GAP.x),
				y: top + index * (NODE.height + GAP.y),
				...NODE,
			});
		});
	});

	const middle = { x: cell.width / 2, y: cell.height / 2 };
	const flat = { width: GATEWAY.long, height: GATEWAY.short };
	const upright = { width: GATEWAY.short, height: GATEWAY.long };
	const gateways: Record<Side, Box> = {
		north: centered({ x: middle.x, y: 0 }, flat),
		south: centered({ x: middle.x, y: cell.height }, flat),
		west: centered({ x: 0, y: middle.y }, upright),
		east: centered({ x: cell.width, y: middle.y }, upright),
	};

	for (const side of ["north", "south", "west", "east"] as const) {
		const list = model.outside.filter((it) => it.side === side);
		list.forEach((it, index) => {
			const offset = index - (list.length - 1) / 2;
			const along = side === "north" || side === "south" ? OUTSIDE.width + 24 : OUTSIDE.height + 18;
			const place = {
				north: { x: middle.x + offset * along, y: -AWAY - OUTSIDE.height / 2 },
				south: { x: middle.x + offset * along, y: cell.height + AWAY + OUTSIDE.height / 2 },
				west: { x: -AWAY - OUTSIDE.width / 2, y: middle.y + offset * along },
				east: { x: cell.width + AWAY + OUTSIDE.width / 2, y: middle.y + offset * along },
			}[side];
			boxes.set(it.id, centered(place, side === "north" ? PUBLIC : OUTSIDE));
		});
	}

	const outer = model.outside.map((it) => {
		const box = boxes.get(it.id)!;
		const gate = gateways[it.side];
		const path = {
			north: () => upDown(bottom(box), topOf(gate)),
			south: () => upDown(bottom(gate), topOf(box)),
			west: () => sideways(right(box), left(gate)),
			east: () => sideways(right(gate), left(box)),
		}[it.side]();
		return { id: it.id, side: it.side, path };
	});

	const components = model.components.map((it) => boxes.get(it.id)!);
	const edges = model.edges.flatMap((edge): Drawn[] => {
		const from = boxes.get(edge.from);
		const to = boxes.get(edge.to);
		if (!from || !to) return [];
		return [draw(edge, from, to, gateways, components)];
	});

	const all = [cell, ...boxes.values(), ...Object.values(gateways)];
	const x = Math.min(...all.map((it) => it.x));
	const y = Math.min(...all.map((it) => it.y));
	return {
		bounds: {
			x,
			y,
			width: Math.max(...all.map((it) => it.x + it.width)) - x,
			height: Math.max(...all.map((it) => it.y + it.height)) - y,
		},
		cell,
		boxes,
		gateways,
		edges,
		outer,
	};
}

/** Rows of ids: by the length of the longest way that leads to each, then so that neighbours stand near each other. */
export function arrange(ids: string[], edges: Pick<Edge, "from" | "to">[]): string[][] {
	const callers = new Map(ids.map((it) => [it, [] as string[]]));
	for (const it of edges) if (it.from !== it.to) callers.get(it.to)?.push(it.from);
	const depths = new Map<string, number>();
	const under = new Set<string>();
	const depth = (id: string): number => {
		const known = depths.get(id);
		if (known !== undefined) return known;
		// A circle: it is cut where it is found.
		if (under.has(id)) return -1;
		under.add(id);
		const found = Math.max(-1, ...(callers.get(id) ?? []).map(depth)) + 1;
		under.delete(id);
		depths.set(id, found);
		return found;
	};
	for (const it of ids) depth(it);

	const layers: string[][] = [];
	for (const it of ids) {
		const at = depths.get(it)!;
		layers[at] ??= [];
		layers[at].push(it);
	}
	const place = new Map<string, number>();
	const remember = (layer: string[]) => {
		for (const [index, it] of layer.entries()) place.set(it, index - (layer.length - 1) / 2);
	};
	for (const layer of layers) if (layer) remember(layer);
	for (const layer of layers.filter(Boolean)) {
		const weight = (id: string) => {
			const mine = callers.get(id) ?? [];
			return mine.length ? mine.reduce((sum, it) => sum + (place.get(it) ?? 0), 0) / mine.length : (place.get(id) ?? 0);
		};
		const weights = new Map(layer.map((it) => [it, weight(it)]));
		layer.sort((a, b) => weights.get(a)! - weights.get(b)!);
		remember(layer);
	}
	const most = Math.max(4, Math.ceil(Math.sqrt(ids.length * 1.2)));
	return layers.filter(Boolean).flatMap((layer) => broken(layer, most));
}

/** In rows of about equal length. */
function broken(layer: string[], most: number): string[][] {
	const rows = Math.ceil(layer.length / most);
	const length = Math.ceil(layer.length / rows);
	return Array.from({ length: rows }, (_, row) => layer.slice(row * length, (row + 1) * length));
}

function draw(edge: Edge, from: Box, to: Box, gateways: Record<Side, Box>, components: Box[]): Drawn {
	switch (edge.side) {
		case "north": {
			const [a, b] = [bottom(gateways.north), topOf(to)];
			// The line comes down from the gateway's side.
			const side = b.x < a.x ? "left" : "right";
			return { edge, path: upDown(a, b), label: { x: b.x + (side === "left" ? -8 : 8), y: b.y - 9, side } };
		}
		case "west": {
			const [a, b] = [right(gateways.west), left(to)];
			if (blocked(a, b, to, components)) return { edge, ...under(to, a, -1) };
			return { edge, path: sideways(a, b), label: between(a, b, 0.5) };
		}
		case "east": {
			const [a, b] = [right(from), left(gateways.east)];
			if (blocked(a, b, from, components)) return { edge, ...under(from, b, 1) };
			return { edge, path: sideways(a, b), label: between(a, b, 0.5) };
		}
		case "south": {
			const [a, b] = [bottom(from), topOf(gateways.south)];
			return { edge, path: upDown(a, b), label: { x: a.x, y: a.y + 13 } };
		}
		default: {
			const [a, b] =
				from.y < to.y
					? [bottom(from), topOf(to)]
					: from.y > to.y
						? [topOf(from), bottom(to)]
						: from.x < to.x
							? [right(from), left(to)]
							: [left(from), right(to)];
			const path = from.y === to.y ? sideways(a, b) : upDown(a, b);
			return { edge, path, label: between(a, b, 0.5) };
		}
	}
}

/** Whether another component of the same row stands in the way. */
function blocked(a: Point, b: Point, own: Box, components: Box[]): boolean {
	const [from, to] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
	return components.some((it) => it !== own && it.y === own.y && it.x > from - it.width && it.x < to && it.x !== own.x);
}

/** Leaves a component below and goes along under its row to a gateway at the side. */
function under(from: Box, gate: Point, direction: 1 | -1) {
	const x = from.x + from.width * (direction === 1 ? 0.74 : 0.26);
	const y = from.y + from.height;
	const low = y + 24;
	const near = gate.x - direction * 64;
	const path =
		`M${n(x)},${n(y)} C${n(x)},${n(low)} ${n(x + direction * 8)},${n(low)} ${n(x + direction * 30)},${n(low)} ` +
		`L${n(near)},${n(low)} C${n(near + direction * 40)},${n(low)} ${n(gate.x - direction * 34)},${n(gate.y)} ${n(gate.x)},${n(gate.y)}`;
	return { path, label: { x: (x + near) / 2, y: low + 4 } };
}

const centered = (at: Point, size: { width: number; height: number }): Box => ({
	x: at.x - size.width / 2,
	y: at.y - size.height / 2,
	...size,
});
const topOf = (it: Box): Point => ({ x: it.x + it.width / 2, y: it.y });
const bottom = (it: Box): Point => ({ x: it.x + it.width / 2, y: it.y + it.height });
const left = (it: Box): Point => ({ x: it.x, y: it.y + it.height / 2 });
const right = (it: Box): Point => ({ x: it.x + it.width, y: it.y + it.height / 2 });
const between = (a: Point, b: Point, at: number): Point => ({ x: a.x + (b.x - a.x) * at, y: a.y + (b.y - a.y) * at });
