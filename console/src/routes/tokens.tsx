import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/tokens")({ component: Page });

function Page() {
	return (
		<div className="page">
			<PageHeader title="tokens" />
		</div>
	);
}
