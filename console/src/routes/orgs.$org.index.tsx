import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { organization } from "@/api/queries";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/")({
	staticData: { crumb: "Overview" },
	component: Overview,
});

function Overview() {
	const { org } = Route.useParams();
	const { data } = useSuspenseQuery(organization(org));
	return (
		<div className="page">
			<PageHeader title={data.displayName} />
		</div>
	);
}
