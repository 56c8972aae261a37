import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/data-planes")({
	staticData: { crumb: "data-planes" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="data-planes" />
		</div>
	);
}
