import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { cells } from "@/api/cellQueries";
import { endpoints, environments, pipelines, projects } from "@/api/queries";
import { OrganizationOverview } from "@/overview/OrganizationOverview";

export const Route = createFileRoute("/orgs/$org/")({
	staticData: { crumb: () => t`Overview` },
	loader: async ({ context: { queryClient }, params: { org } }) => {
		const [list] = await Promise.all([
			queryClient.ensureQueryData(projects(org)),
			queryClient.ensureQueryData(endpoints(org)),
			queryClient.ensureQueryData(environments(org)),
			queryClient.ensureQueryData(pipelines(org)),
		]);
		await Promise.all(list.slice(0, 50).map((it) => queryClient.ensureQueryData(cells({ org, project: it.name }))));
	},
	component: Page,
});

function Page() {
	return <OrganizationOverview org={Route.useParams().org} />;
}
