import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, pipelines } from "@/api/queries";
import { type EndpointFilter, EndpointsPage } from "@/endpoint/EndpointsPage";

const NAMES = ["project", "environment", "visibility"] as const;

export const Route = createFileRoute("/orgs/$org/endpoints")({
	staticData: { crumb: () => t`Endpoints` },
	validateSearch: (search: Record<string, unknown>): EndpointFilter =>
		Object.fromEntries(NAMES.filter((it) => search[it]).map((it) => [it, String(search[it])])),
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
		]),
	component: Page,
});

function Page() {
	return <EndpointsPage org={Route.useParams().org} filter={Route.useSearch()} />;
}
