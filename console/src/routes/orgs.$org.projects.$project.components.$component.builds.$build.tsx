import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { build } from "@/api/queries";
import { BuildPage } from "@/build/BuildPage";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/builds/$build")({
	staticData: { crumb: (params) => t`Build ${params.build!.slice(-6)}` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(build(params, params.build)),
	component: Page,
});

function Page() {
	const { build: id, ...ref } = Route.useParams();
	return <BuildPage key={id} {...ref} id={id} />;
}
