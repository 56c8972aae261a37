import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments, pipelines } from "@/api/queries";
import { EnvironmentsPage } from "@/environment/EnvironmentsPage";

export const Route = createFileRoute("/orgs/$org/environments")({
	staticData: { crumb: () => t`Environments` },
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
		]),
	component: Page,
});

function Page() {
	return <EnvironmentsPage org={Route.useParams().org} />;
}
