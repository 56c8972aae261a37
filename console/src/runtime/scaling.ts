import type { Schema } from "../api/client";

/** What somebody says of a number of instances: a number, or by load, or neither: as the descriptor says. */
export type Said = Pick<Schema["NewScaling"], "replicas" | "autoscaling">;

export const MOST = 20;

export function saidOf(deployment: Pick<Schema["DeploymentView"], "replicas" | "autoscaling">): Said {
	const { replicas, autoscaling } = deployment;
	return { ...(replicas != null && { replicas }), ...(autoscaling != null && { autoscaling }) };
}

export const isSaid = (said: Said) => said.replicas != null || said.autoscaling != null;

/** What is written in the dialog. */
export interface Written {
	way: "number" | "load";
	number: string;
	min: string;
	max: string;
	cpu: string;
	memory: string;
}

/** @param component as the cell has it now */
export function writtenOf(component: Pick<Schema["CellComponent"], "replicas" | "autoscaling"> | undefined): Written {
	const load = component?.autoscaling;
	return {
		way: load ? "load" : "number",
		number: String(component?.replicas ?? 1),
		min: String(load?.minInstances ?? component?.replicas ?? 1),
		max: String(load?.maxInstances ?? Math.min(MOST, Math.max(2, (component?.replicas ?? 1) * 2))),
		cpu: load ? percent(load.cpuPercent) : "80",
		memory: percent(load?.memoryPercent),
	};
}

const percent = (value: number | null | undefined) => (value == null ? "" : String(value));

const NUMBER = /^\d+$/;

/** Undefined while it says nothing that could be sent. */
export function read(it: Written): Said | undefined {
	if (it.way === "number") return NUMBER.test(it.number) ? { replicas: Number(it.number) } : undefined;
	const optional = [it.cpu, it.memory].every((text) => text === "" || NUMBER.test(text));
	if (!NUMBER.test(it.min) || !NUMBER.test(it.max) || !optional || (it.cpu === "" && it.memory === ""))
		return undefined;
	return {
		autoscaling: {
			minInstances: Number(it.min),
			maxInstances: Number(it.max),
			...(it.cpu !== "" && { cpuPercent: Number(it.cpu) }),
			...(it.memory !== "" && { memoryPercent: Number(it.memory) }),
		},
	};
}

/** The same for the command line. */
export function options(it: Written): string {
	if (it.way === "number") return `--instances ${it.number || "N"}`;
	const cpu = it.cpu && ` --cpu ${it.cpu}`;
	const memory = it.memory && ` --memory ${it.memory}`;
	return `--min ${it.min || "N"} --max ${it.max || "N"}${cpu}${memory}`;
}
