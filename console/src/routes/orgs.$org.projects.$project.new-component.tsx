import { t } from "@lingui/core/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { components, projects } from "@/api/queries";
import { NewComponent } from "@/component/NewComponent";
import { Steps } from "@/start/Steps";
import { PageHeader } from "@/ui/Page";

export const Route = createFileRoute("/orgs/$org/projects/$project/new-component")({
	staticData: { crumb: () => t`New component` },
	component: Page,
});

function Page() {
	const ref = Route.useParams();
	const { data: list } = useSuspenseQuery(components(ref));
	const { data: all } = useSuspenseQuery(projects(ref.org));
	return (
		<div className="page page-narrow">
			<PageHeader title={t`New component`}>{list.length === 0 && all.length === 1 && <Steps at={2} />}</PageHeader>
			<NewComponent {...ref} />
		</div>
	);
}
