import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { type ComponentRef, component, endpoints, tasks } from "../api/queries";
import { Tabs } from "../shell/Tabs";
import { PageHeader } from "../ui/Page";
import { Badge } from "../ui/Status";

const BASE = "/orgs/$org/projects/$project/components/$component";

export function ComponentHeader(ref: ComponentRef) {
	const { data: it } = useSuspenseQuery(component(ref));
	const { data: offered } = useQuery(endpoints(ref.org, { project: ref.project }));
	const { data: deployedAsTask } = useQuery(tasks(ref));
	// What its descriptor says wins; before it is deployed, what it was created as is all that is known.
	const isTask = deployedAsTask?.length ? true : (it.type?.endsWith("-task") ?? false);
	const open = offered?.filter((e) => e.component === ref.component && e.visibility === "public" && e.url) ?? [];
	return (
		<PageHeader
			title={it.displayName || it.name}
			titleText={`${ref.project}/${it.name}`}
			meta={
				<>
					<code>
						{ref.org}/{ref.project}/{it.name}
					</code>
					{it.type && <Badge>{it.type}</Badge>}
					<span>
						{it.source.kind === "git" ? (
							<Trans>
								{it.source.url}, branch {it.source.branch}
							</Trans>
						) : (
							<Trans>Git at this platform, branch {it.source.branch}</Trans>
						)}
					</span>
				</>
			}
			actions={open.map((e) => (
				<a
					key={`${e.environment}/${e.name}`}
					className="button button-plain button-small"
					href={e.url!}
					target="_blank"
					rel="noreferrer"
				>
					{e.environment}
					{open.filter((other) => other.environment === e.environment).length > 1 && ` · ${e.name}`}
					<ExternalLink aria-label={t`opens in a new tab`} />
				</a>
			))}
		>
			<Tabs label={t`Component`}>
				<Link to={BASE} params={ref} activeOptions={{ exact: true }}>
					<Trans>Deployments</Trans>
				</Link>
				<Link to={`${BASE}/builds`} params={ref}>
					<Trans>Builds</Trans>
				</Link>
				{isTask ? (
					<Link to={`${BASE}/runs`} params={ref}>
						<Trans>Runs</Trans>
					</Link>
				) : (
					<Link to={`${BASE}/runtime`} params={ref}>
						<Trans>Runtime</Trans>
					</Link>
				)}
				{!isTask && (
					<Link to={`${BASE}/endpoints`} params={ref}>
						<Trans>Endpoints</Trans>
					</Link>
				)}
				<Link to={`${BASE}/configuration`} params={ref}>
					<Trans>Configuration</Trans>
				</Link>
				<Link to={`${BASE}/releases`} params={ref}>
					<Trans>Releases</Trans>
				</Link>
				{it.source.kind === "git" && (
					<Link to={`${BASE}/webhook`} params={ref}>
						<Trans>Webhook</Trans>
					</Link>
				)}
				<Link to={`${BASE}/settings`} params={ref}>
					<Trans>Settings</Trans>
				</Link>
			</Tabs>
		</PageHeader>
	);
}
