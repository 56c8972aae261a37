import { createFileRoute } from "@tanstack/react-router";
import { cell, cells } from "@/api/cellQueries";
import { components, environments, pipelines } from "@/api/queries";
import { ProjectOverview } from "@/project/ProjectOverview";

export const Route = createFileRoute("/orgs/$org/projects/$project/")({
	loader: async ({ context: { queryClient }, params }) => {
		const [found] = await Promise.all([
			queryClient.ensureQueryData(cells(params)),
			queryClient.ensureQueryData(components(params)),
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
		]);
		await Promise.all(found.map((it) => queryClient.ensureQueryData(cell(params, it.environment))));
	},
	component: Page,
});

function Page() {
	return <ProjectOverview {...Route.useParams()} />;
}
