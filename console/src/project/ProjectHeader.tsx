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
			titleText={page ? `${page} of ${it.name}` : it.name}
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
						New component
					</ButtonLink>
				)
			}
		>
			<Tabs label="Project">
				<Link to="/orgs/$org/projects/$project" params={params} activeOptions={{ exact: true }}>
					Components
				</Link>
				<Link to="/orgs/$org/projects/$project/cell" params={params}>
					Cell
				</Link>
				{allowed.manage && (
					<Link to="/orgs/$org/projects/$project/settings" params={params}>
						Settings
					</Link>
				)}
			</Tabs>
		</PageHeader>
	);
}
