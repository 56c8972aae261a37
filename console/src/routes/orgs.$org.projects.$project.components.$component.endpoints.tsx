import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { endpoints, environments, pipelines, project } from "@/api/queries";
import { ComponentEndpointsPage, type TryOutSearch } from "@/endpoint/ComponentEndpointsPage";

const NAMES = ["environment", "endpoint", "method", "path"] as const;

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/endpoints")({
	staticData: { crumb: () => t`Endpoints` },
	validateSearch: (search: Record<string, unknown>): TryOutSearch =>
		Object.fromEntries(NAMES.flatMap((it) => (typeof search[it] === "string" ? [[it, search[it]]] : []))),
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
			queryClient.ensureQueryData(endpoints(params.org, { project: params.project })),
		]),
	component: Page,
});

function Page() {
	return <ComponentEndpointsPage {...Route.useParams()} search={Route.useSearch()} />;
}
