import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { organizationCells } from "@/api/cellQueries";
import { environments, pipelines } from "@/api/queries";
import { CellMapPage } from "@/cell/CellMapPage";
import { environmentSearch } from "@/component/environmentSearch";

export const Route = createFileRoute("/orgs/$org/cells")({
	staticData: { crumb: () => t`Cells` },
	validateSearch: environmentSearch,
	loader: ({ context: { queryClient }, params: { org } }) =>
		Promise.all([
			queryClient.ensureQueryData(organizationCells(org)),
			queryClient.ensureQueryData(environments(org)),
			queryClient.ensureQueryData(pipelines(org)),
		]),
	component: Page,
});

function Page() {
	return <CellMapPage org={Route.useParams().org} chosen={Route.useSearch().environment} />;
}
