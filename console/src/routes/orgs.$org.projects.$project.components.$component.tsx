import { createFileRoute, Outlet } from "@tanstack/react-router";
import { component } from "@/api/queries";
import { ComponentHeader } from "@/component/ComponentHeader";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component")({
	staticData: { crumb: (params) => params.component! },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(component(params)),
	component: Layout,
});

function Layout() {
	return (
		<div className="page">
			<ComponentHeader {...Route.useParams()} />
			<Outlet />
		</div>
	);
}
