import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { serviceAccounts } from "@/api/queries";
import { OrganizationSettings } from "@/organization/OrganizationSettings";

export const Route = createFileRoute("/orgs/$org/settings")({
	staticData: { crumb: () => t`Settings` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(serviceAccounts(params.org)),
	component: Page,
});

function Page() {
	const { org } = Route.useParams();
	return <OrganizationSettings key={org} org={org} />;
}
