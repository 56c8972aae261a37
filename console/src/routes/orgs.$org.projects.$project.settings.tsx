import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, pipelines } from "@/api/queries";
import { placements } from "@/placement/queries";
import { ProjectSettings } from "@/project/ProjectSettings";

export const Route = createFileRoute("/orgs/$org/projects/$project/settings")({
	staticData: { crumb: () => t`Settings` },
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(placements(params)),
		]),
	component: Page,
});

function Page() {
	return <ProjectSettings {...Route.useParams()} />;
}
