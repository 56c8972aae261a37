import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/environments")({
	staticData: { crumb: "environments" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="environments" />
		</div>
	);
}
