import { createFileRoute, Outlet } from "@tanstack/react-router";
import { project } from "@/api/queries";

export const Route = createFileRoute("/orgs/$org/projects/$project")({
	staticData: { crumb: (params) => params.project! },
	loader: ({ context, params }) => context.queryClient.ensureQueryData(project(params)),
	component: Outlet,
});
