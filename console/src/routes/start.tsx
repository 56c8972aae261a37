import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/start")({ component: Page });

function Page() {
	return (
		<div className="page">
			<PageHeader title="start" />
		</div>
	);
}
