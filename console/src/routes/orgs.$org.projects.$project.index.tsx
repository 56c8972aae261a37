import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/projects/$project/")({
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="index" />
		</div>
	);
}
