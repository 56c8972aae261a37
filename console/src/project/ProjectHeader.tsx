import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ProjectRef, project } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Tabs } from "../shell/Tabs";
import { ButtonLink } from "../ui/Button";
import { PageHeader } from "../ui/Page";

export function ProjectHeader({ org, project: name, page }: ProjectRef & { page?: string }) {
	const { data: it } = useSuspenseQuery(project({ org, project: name }));
	const allowed = useAllowed(org);
	const params = { org, project: name };
	return (
		<PageHeader
			title={it.displayName || it.name}
			titleText={page ? t`${page} of ${it.name}` : it.name}
			meta={
				<>
					<code>
						{org}/{it.name}
					</code>
					{it.description && <span>{it.description}</span>}
				</>
			}
			actions={
				allowed.develop && (
					<ButtonLink to="/orgs/$org/projects/$project/new-component" params={params} look="primary" icon={<Plus />}>
						<Trans>New component</Trans>
					</ButtonLink>
				)
			}
		>
			<Tabs label={t`Project`}>
				<Link to="/orgs/$org/projects/$project" params={params} activeOptions={{ exact: true }}>
					<Trans>Components</Trans>
				</Link>
				<Link to="/orgs/$org/projects/$project/cell" params={params}>
					<Trans>Cell</Trans>
				</Link>
				{allowed.manage && (
					<Link to="/orgs/$org/projects/$project/settings" params={params}>
						<Trans>Settings</Trans>
					</Link>
				)}
			</Tabs>
		</PageHeader>
	);
}
