import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { builds } from "@/api/queries";
import { BuildList } from "@/build/BuildList";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/builds/")({
	staticData: { crumb: () => t`Builds` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureInfiniteQueryData(builds(params)),
	component: Page,
});

function Page() {
	return <BuildList {...Route.useParams()} />;
}
