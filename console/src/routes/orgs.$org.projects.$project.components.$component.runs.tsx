import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, pipelines, project, tasks } from "@/api/queries";
import { environmentSearch } from "@/component/environmentSearch";
import { RunsPage } from "@/task/RunsPage";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/runs")({
	staticData: { crumb: () => t`Runs` },
	validateSearch: (search: Record<string, unknown>): { environment?: string; run?: string } => ({
		...environmentSearch(search),
		...(typeof search.run === "string" && { run: search.run }),
	}),
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
			queryClient.ensureQueryData(tasks(params)),
		]),
	component: Page,
});

function Page() {
	const { environment, run } = Route.useSearch();
	return <RunsPage {...Route.useParams()} chosen={environment} run={run} />;
}
