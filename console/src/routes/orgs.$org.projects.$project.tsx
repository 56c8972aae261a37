import { createFileRoute, Outlet } from "@tanstack/react-router";
import { components, project } from "@/api/queries";

export const Route = createFileRoute("/orgs/$org/projects/$project")({
	staticData: { crumb: (params) => params.project! },
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([queryClient.ensureQueryData(project(params)), queryClient.ensureQueryData(components(params))]),
	component: Outlet,
});
