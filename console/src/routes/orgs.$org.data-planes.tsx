import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { environments } from "@/api/queries";
import { DataPlanesPage } from "@/dataplane/DataPlanesPage";

export const Route = createFileRoute("/orgs/$org/data-planes")({
	staticData: { crumb: () => t`Data planes` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(environments(params.org)),
	component: Page,
});

function Page() {
	return <DataPlanesPage org={Route.useParams().org} />;
}
