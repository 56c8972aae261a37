import { t } from "@lingui/core/macro";
import type { Schema } from "../api/client";

type CellView = Schema["CellView"];

export type Phase = "READY" | "PROGRESSING" | "DEGRADED" | "FAILED" | "UNKNOWN";

export interface ComponentNode {
	id: string;
	name: string;
	type: string;
	release: string;
	phase: Phase;
	message: string;
	ready: number;
	replicas: number;
}

export type Side = "north" | "west" | "east" | "south";

/** Something outside of the cell. */
export interface Outside {
	id: string;
	side: Side;
	/** A cell's project, a host, or the public. */
	title: string;
	detail: string;
	/** The project to look at, when it is a cell of this organization. */
	project?: string;
}

export interface Edge {
	id: string;
	from: string;
	to: string;
	/** The gateway that it passes; none inside the cell. */
	side: Side | undefined;
	/** A path, or the name of a connection. */
	label: string;
	healthy: boolean | undefined;
}

/** A cell as it is drawn: what is in it, what is around it, and who may call whom. Nothing else can. */
export interface CellModel {
	project: string;
	environment: string;
	host: string;
	version: number;
	components: ComponentNode[];
	outside: Outside[];
	edges: Edge[];
}

const PUBLIC = "public";

/** Why it is as it is, and why there are so many of it. */
function said(status: Schema["CellStatusComponent"] | undefined): string | undefined {
	return status?.autoscaling ? `${status.message}. ${status.autoscaling.message}` : status?.message;
}

export function cellModel(cell: Pick<CellView, "document" | "status">): CellModel {
	const { metadata, spec } = cell.document;
	const seen = new Map(cell.status?.components.map((it) => [it.name, it]));
	const components: ComponentNode[] = spec.components.map((it) => {
		const status = seen.get(it.name);
		return {
			id: it.name,
			name: it.name,
			type: it.type,
			release: it.release,
			phase: (status?.phase ?? "UNKNOWN") as Phase,
			message: said(status) ?? t`Its data plane has said nothing yet`,
			ready: status?.readyReplicas ?? 0,
			replicas: status?.autoscaling?.wanted ?? it.replicas,
		};
	});
	const outside = new Map<string, Outside>();
	const edges: Edge[] = [];

	for (const component of spec.components) {
		const status = seen.get(component.name);
		for (const endpoint of component.endpoints) {
			const healthy = status?.endpoints.find((it) => it.name === endpoint.name)?.healthy;
			if (endpoint.visibility === "public") {
				outside.set(PUBLIC, { id: PUBLIC, side: "north", title: t`Public`, detail: spec.host });
				edges.push({
					id: `north/${component.name}/${endpoint.name}`,
					from: PUBLIC,
					to: component.name,
					side: "north",
					label: endpoint.path,
					healthy,
				});
			}
			for (const caller of endpoint.callers) {
				const id = `west/${caller.cell}`;
				outside.set(id, { id, side: "west", ...named(caller.cell) });
				edges.push({
					id: `${id}/${component.name}/${endpoint.name}`,
					from: id,
					to: component.name,
					side: "west",
					label: endpoint.path,
					healthy,
				});
			}
		}
		for (const connection of component.connections) {
			const edge = {
				id: `${component.name}>${connection.name}`,
				from: component.name,
				label: connection.name,
				healthy: undefined,
			};
			if (connection.sameCell) {
				edges.push({ ...edge, to: connection.sameCell.component, side: undefined });
			} else if (connection.otherCell) {
				const id = `east/${connection.otherCell.cell}`;
				outside.set(id, { id, side: "east", ...named(connection.otherCell.cell) });
				edges.push({ ...edge, to: id, side: "east" });
			} else if (connection.external) {
				const host = hostOf(connection.external.url);
				const id = `south/${host}`;
				outside.set(id, { id, side: "south", title: host, detail: t`third party` });
				edges.push({ ...edge, to: id, side: "south" });
			}
		}
	}
	return {
		project: metadata.project,
		environment: metadata.environment,
		host: spec.host,
		version: metadata.version,
		components,
		outside: [...outside.values()],
		edges: edges.filter((it) => outside.has(it.from) || outside.has(it.to) || components.some((c) => c.id === it.to)),
	};
}

/** A cell is named project.environment.organization. */
function named(cell: string) {
	const [project = cell, environment = ""] = cell.split(".");
	return { title: project, detail: t`cell in ${environment}`, project };
}

function hostOf(url: string) {
	try {
		return new URL(url).host;
	} catch {
		return url;
	}
}
