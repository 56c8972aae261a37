import { useSuspenseQuery } from "@tanstack/react-query";
import { environments, type ProjectRef, pipelines, project } from "../api/queries";
import { inOrder } from "../overview/health";

/** The names of the environments that a project's pipeline passes, in its order. */
export function useStages(ref: ProjectRef): string[] {
	const { data: about } = useSuspenseQuery(project(ref));
	const { data: places } = useSuspenseQuery(environments(ref.org));
	const { data: paths } = useSuspenseQuery(pipelines(ref.org));
	const stages = paths.find((it) => it.name === about.pipeline)?.stages ?? [];
	return inOrder(places, stages)
		.filter((it) => stages.includes(it.name))
		.map((it) => it.name);
}
