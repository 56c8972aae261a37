import { createFileRoute, Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { organization, projects } from "@/api/queries";
import { OrganizationEvents } from "@/live/OrganizationEvents";
import { rememberOrganization } from "@/shell/lastOrganization";
import { Shell } from "@/shell/Shell";

export const Route = createFileRoute("/orgs/$org")({
	loader: ({ context, params }) =>
		Promise.all([
			context.queryClient.ensureQueryData(organization(params.org)),
			context.queryClient.ensureQueryData(projects(params.org)),
		]),
	component: OrganizationLayout,
});

function OrganizationLayout() {
	const { org } = Route.useParams();
	useEffect(() => rememberOrganization(org), [org]);
	return (
		<OrganizationEvents org={org} key={org}>
			<Shell org={org}>
				<Outlet />
			</Shell>
		</OrganizationEvents>
	);
}
