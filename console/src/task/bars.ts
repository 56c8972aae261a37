import type { Schema } from "../api/client";

type Run = Pick<Schema["RunView"], "id" | "status" | "startedAt" | "endedAt">;

export interface Bar {
	id: string;
	status: Run["status"];
	/** From 0 to 1: how long it took, beside the longest. Nothing is so short that it cannot be seen. */
	height: number;
	milliseconds: number;
}

const LEAST = 0.08;

/** The runs that have begun, the oldest first, as bars of how long they took. */
export function bars(runs: readonly Run[], now: number, most = 30): Bar[] {
	const begun = runs
		.slice(0, most)
		.filter((it) => it.startedAt)
		.map((it) => ({
			id: it.id,
			status: it.status,
			milliseconds: Math.max(0, (it.endedAt ? Date.parse(it.endedAt) : now) - Date.parse(it.startedAt!)),
		}));
	const longest = Math.max(1, ...begun.map((it) => it.milliseconds));
	return begun.reverse().map((it) => ({ ...it, height: Math.max(LEAST, it.milliseconds / longest) }));
}
