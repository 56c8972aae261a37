import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { DeliveryPage } from "@/gitops/DeliveryPage";
import { delivery } from "@/gitops/delivery";

export const Route = createFileRoute("/orgs/$org/environments_/$environment/delivery")({
	staticData: { crumb: ({ environment }) => t`Delivery of ${environment ?? ""}` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(delivery(params)),
	component: Page,
});

function Page() {
	return <DeliveryPage {...Route.useParams()} />;
}
