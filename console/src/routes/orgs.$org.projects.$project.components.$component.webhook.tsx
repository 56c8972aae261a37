import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { webhook } from "@/api/queries";
import { WebhookPage } from "@/webhook/WebhookPage";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/webhook")({
	staticData: { crumb: () => t`Webhook` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(webhook(params)),
	component: Page,
});

function Page() {
	return <WebhookPage {...Route.useParams()} />;
}
