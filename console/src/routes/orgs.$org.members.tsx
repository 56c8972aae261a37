import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/members")({
	staticData: { crumb: "members" },
	component: Page,
});

function Page() {
	return (
		<div className="page">
			<PageHeader title="members" />
		</div>
	);
}
