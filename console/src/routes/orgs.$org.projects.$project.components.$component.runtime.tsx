import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, instances, pipelines, project } from "@/api/queries";
import { environmentSearch } from "@/component/environmentSearch";
import { RuntimePage } from "@/runtime/RuntimePage";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/runtime")({
	staticData: { crumb: () => t`Runtime` },
	validateSearch: environmentSearch,
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
			queryClient.ensureQueryData(instances(params)),
		]),
	component: Page,
});

function Page() {
	return <RuntimePage {...Route.useParams()} chosen={Route.useSearch().environment} />;
}
