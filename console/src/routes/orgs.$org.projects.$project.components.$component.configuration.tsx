import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, pipelines, project, releases } from "@/api/queries";
import { environmentSearch } from "@/component/environmentSearch";
import { ConfigurationPage } from "@/configuration/ConfigurationPage";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/configuration")({
	staticData: { crumb: () => t`Configuration` },
	validateSearch: environmentSearch,
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
			queryClient.ensureQueryData(releases(params)),
		]),
	component: Page,
});

function Page() {
	return <ConfigurationPage {...Route.useParams()} chosen={Route.useSearch().environment} />;
}
