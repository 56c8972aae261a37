import type { Schema } from "../api/client";

type EndpointView = Schema["EndpointView"];
type CellSummary = Schema["CellSummary"];

export type CellHealth = "HEALTHY" | "PROGRESSING" | "UNHEALTHY" | "UNKNOWN" | "NONE";

/** How a cell is: what its data plane says of it as a whole, then what its endpoints answer. */
export function cellHealth(cell: CellSummary | undefined, endpoints: EndpointView[]): CellHealth {
	if (!cell) return "NONE";
	const mine = endpoints.filter((it) => it.cell === cell.name);
	if (mine.some((it) => it.health === "UNHEALTHY")) return "UNHEALTHY";
	if (cell.ready == null) return "UNKNOWN";
	if (!cell.ready) return (cell.observedVersion ?? 0) < cell.version ? "PROGRESSING" : "UNHEALTHY";
	return "HEALTHY";
}

/** The order in which a pipeline passes environments; those outside of it come last, by name. */
export function inOrder<T extends { name: string }>(environments: T[], stages: string[]): T[] {
	const place = (it: T) => {
		const at = stages.indexOf(it.name);
		return at < 0 ? stages.length : at;
	};
	return [...environments].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}
