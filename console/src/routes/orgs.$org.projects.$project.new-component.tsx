import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/projects/$project/new-component")({
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="new-component" />
		</div>
	);
}
