import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/new-project")({
	staticData: { crumb: "new-project" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="new-project" />
		</div>
	);
}
