import { t } from "@lingui/core/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { pipelines, projects } from "@/api/queries";
import { NewProject } from "@/project/NewProject";
import { Steps } from "@/start/Steps";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/new-project")({
	staticData: { crumb: () => t`New project` },
	loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(pipelines(params.org)),
	component: Page,
});

function Page() {
	const { org } = Route.useParams();
	const { data: list } = useSuspenseQuery(projects(org));
	return (
		<div className="page page-narrow">
			<PageHeader title={t`New project`}>{list.length === 0 && <Steps at={1} />}</PageHeader>
			<NewProject org={org} />
		</div>
	);
}
