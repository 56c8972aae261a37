import { createFileRoute } from "@tanstack/react-router";
import { deployments, environments, instances, pipelines, project, releases } from "@/api/queries";
import { Board } from "@/component/Board";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/")({
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(deployments(params)),
			queryClient.ensureQueryData(releases(params)),
			queryClient.ensureQueryData(instances(params)),
			queryClient.ensureQueryData(environments(params.org)),
			queryClient.ensureQueryData(pipelines(params.org)),
			queryClient.ensureQueryData(project(params)),
		]),
	component: Page,
});

function Page() {
	return <Board {...Route.useParams()} />;
}
