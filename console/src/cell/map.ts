import type { Schema } from "../api/client";
import { arrange, type Box } from "./layout";
import { upDown } from "./shapes";

type MapCell = Schema["MapCell"];

/** One cell that may call another, or a third party, by one connection or several. */
export interface MapEdge {
	id: string;
	from: string;
	to: string;
	/** Each as component → endpoint. */
	calls: string[];
}

export interface CellMap {
	cells: MapCell[];
	/** Hosts of third parties. */
	outside: string[];
	edges: MapEdge[];
}

export interface MapLayout {
	bounds: Box;
	boxes: Map<string, Box>;
	paths: { edge: MapEdge; path: string }[];
}

export const CELL = { width: 214, height: 92 };
const OUTSIDE = { width: 190, height: 40 };
/** How far the outer one is from the box. */
const MEMBRANE = 7;
const GAP = { x: 56, y: 84 };

const outsideId = (host: string) => `south/${host}`;

/** Who may call whom among the cells of one environment. A cell that is called and not there is left out. */
export function cellMap(cells: MapCell[]): CellMap {
	const known = new Set(cells.map((it) => it.name));
	const edges = new Map<string, MapEdge>();
	const outside = new Set<string>();
	for (const cell of cells) {
		for (const it of cell.connections) {
			const to = it.host ? outsideId(it.host) : it.cell;
			if (!to || (!it.host && !known.has(to))) continue;
			if (it.host) outside.add(it.host);
			const id = `${cell.name}>${to}`;
			const edge = edges.get(id) ?? { id, from: cell.name, to, calls: [] };
			edge.calls.push(`${it.component} → ${it.endpoint ?? it.host}`);
			edges.set(id, edge);
		}
	}
	return { cells, outside: [...outside].sort(), edges: [...edges.values()] };
}

/** Callers above whom they call, third parties below all. */
export function mapLayout(map: CellMap): MapLayout {
	const boxes = new Map<string, Box>();
	const rows = arrange(
		map.cells.map((it) => it.name),
		map.edges.filter((it) => !it.to.startsWith("south/")),
	);
	const place = (ids: string[], y: number, size: { width: number; height: number }) => {
		const width = ids.length * (size.width + GAP.x) - GAP.x;
		for (const [index, id] of ids.entries()) boxes.set(id, { x: index * (size.width + GAP.x) - width / 2, y, ...size });
	};
	for (const [index, row] of rows.entries()) place(row, index * (CELL.height + GAP.y), CELL);
	place(map.outside.map(outsideId), rows.length * (CELL.height + GAP.y), OUTSIDE);

	const paths = map.edges.flatMap((edge) => {
		const from = boxes.get(edge.from);
		const to = boxes.get(edge.to);
		if (!from || !to) return [];
		const down = from.y <= to.y;
		return {
			edge,
			path: upDown(
				{ x: from.x + from.width / 2, y: down ? from.y + from.height + MEMBRANE : from.y - MEMBRANE },
				{ x: to.x + to.width / 2, y: down ? to.y - MEMBRANE : to.y + to.height + MEMBRANE },
			),
		};
	});
	const all = [...boxes.values()];
	const x = Math.min(0, ...all.map((it) => it.x));
	const y = Math.min(0, ...all.map((it) => it.y)) - 20;
	return {
		bounds: {
			x,
			y,
			width: Math.max(1, ...all.map((it) => it.x + it.width - x)),
			height: Math.max(1, ...all.map((it) => it.y + it.height - y)),
		},
		boxes,
		paths,
	};
}
