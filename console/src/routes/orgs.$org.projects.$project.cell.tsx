import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { cell, cells } from "@/api/cellQueries";
import { environments, pipelines, project } from "@/api/queries";
import { CellPage } from "@/cell/CellPage";
import { environmentSearch } from "@/component/environmentSearch";

export const Route = createFileRoute("/orgs/$org/projects/$project/cell")({
	staticData: { crumb: () => t`Cell` },
	validateSearch: environmentSearch,
	loaderDeps: ({ search }) => search,
	loader: async ({ context: { queryClient }, params, deps }) => {
		const [found] = await Promise.all([
			queryClient.ensureQueryData(cells(params)),
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
		]);
		const chosen = deps.environment ?? found[0]?.environment;
		if (chosen && found.some((it) => it.environment === chosen))
			await queryClient.ensureQueryData(cell(params, chosen));
	},
	component: Page,
});

function Page() {
	return <CellPage {...Route.useParams()} chosen={Route.useSearch().environment} />;
}
