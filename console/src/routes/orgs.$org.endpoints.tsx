import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/endpoints")({
	staticData: { crumb: "endpoints" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="endpoints" />
		</div>
	);
}
