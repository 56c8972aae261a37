import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Schema } from "../api/client";

type Run = Schema["RunView"];
type Task = Schema["TaskView"];

/** Why there is a run. */
export const TRIGGERS: Record<Run["trigger"], MessageDescriptor> = {
	SCHEDULE: msg`schedule`,
	MANUAL: msg`manual`,
};

/** What a schedule does when the run before goes on. */
export const CONCURRENCY: Record<Task["concurrency"], MessageDescriptor> = {
	forbid: msg`left out`,
	allow: msg`run beside it`,
	replace: msg`take its place`,
};

export const isUnderWay = (run: Run) => run.status === "PENDING" || run.status === "RUNNING";
