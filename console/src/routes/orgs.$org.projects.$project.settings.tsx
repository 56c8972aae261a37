import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { pipelines } from "@/api/queries";
import { ProjectSettings } from "@/project/ProjectSettings";

export const Route = createFileRoute("/orgs/$org/projects/$project/settings")({
	staticData: { crumb: () => t`Settings` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(pipelines(params.org)),
	component: Page,
});

function Page() {
	return <ProjectSettings {...Route.useParams()} />;
}
