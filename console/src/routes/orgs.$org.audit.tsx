import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/audit")({
	staticData: { crumb: "audit" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="audit" />
		</div>
	);
}
