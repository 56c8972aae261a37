import type { Schema } from "../api/client";

type Deployment = Schema["DeploymentView"];

/** What is shown of one environment. */
export interface Lane {
	environment: string;
	/** The newest deployment that is wanted: live, or on its way, or failed. */
	current: Deployment | undefined;
	/** What serves while the current one is on its way, or after it failed. */
	serving: Deployment | undefined;
	/** Where a rollback leads to without further choice. */
	before: Deployment | undefined;
	history: Deployment[];
}

/** @param deployments the newest first, as the API lists them */
export function lanes(environments: string[], deployments: Deployment[]): Lane[] {
	return environments.map((environment) => {
		const history = deployments
			.filter((it) => it.environment === environment)
			.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
		const current = history[0]?.status === "REMOVED" ? undefined : history[0];
		const live = history.find((it) => it.status === "LIVE");
		const serving = current && current.status !== "LIVE" ? (live ?? undefined) : undefined;
		const wanted = current?.status === "LIVE" ? current : live;
		const before = history.find(
			(it) =>
				it.id !== wanted?.id &&
				(it.status === "SUPERSEDED" || it.status === "REMOVED") &&
				it.kind !== "UNDEPLOY" &&
				it.release !== wanted?.release,
		);
		return { environment, current, serving, before, history };
	});
}

/** The environments that a release may be promoted to from one, by the order of the pipeline. */
export function nextStage(stages: string[], environment: string): string | undefined {
	const at = stages.indexOf(environment);
	return at < 0 ? undefined : stages[at + 1];
}
