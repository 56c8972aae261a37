import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { webhook } from "@/api/queries";
import { ComponentSettings } from "@/component/ComponentSettings";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/settings")({
	staticData: { crumb: () => t`Settings` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(webhook(params)),
	component: Page,
});

function Page() {
	return <ComponentSettings {...Route.useParams()} />;
}
