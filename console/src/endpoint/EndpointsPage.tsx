import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Globe } from "lucide-react";
import type { Schema } from "../api/client";
import { endpoints, environments, pipelines, projects } from "../api/queries";
import { inOrder } from "../environment/order";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { SelectField } from "../ui/Field";
import { Empty, Failed, PageHeader, Skeleton } from "../ui/Page";
import { Badge, Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Address, TONES } from "./Address";
import "./endpoints.css";

export interface EndpointFilter {
	project?: string;
	environment?: string;
	visibility?: Schema["EndpointView"]["visibility"];
}

/** What the organization's cells offer, to whom, and whether it answers. */
export function EndpointsPage({ org, filter }: { org: string; filter: EndpointFilter }) {
	const navigate = useNavigate();
	const { data: list } = useSuspenseQuery(projects(org));
	const { data: places } = useSuspenseQuery(environments(org));
	const { data: orders } = useSuspenseQuery(pipelines(org));
	const { project, environment, visibility } = filter;
	const { data, error, refetch } = useQuery(
		endpoints(org, { ...(project && { project }), ...(environment && { environment }) }),
	);
	const shown = data?.filter((it) => !visibility || it.visibility === visibility);
	const choose = (change: { [K in keyof EndpointFilter]: EndpointFilter[K] | undefined }) =>
		void navigate({
			to: "/orgs/$org/endpoints",
			params: { org },
			search: Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value)),
			replace: true,
		});
	return (
		<div className="page">
			<PageHeader
				title={t`Endpoints`}
				meta={
					<span>
						<Trans>What the cells offer, to whom, and whether it answers.</Trans>
					</span>
				}
			/>
			<div className="endpoint-filters" role="search" aria-label={t`Endpoints`}>
				<SelectField label={t`Project`} value={project ?? ""} onChange={(e) => choose({ project: e.target.value })}>
					<option value="">
						<Trans>All</Trans>
					</option>
					{list.map((it) => (
						<option key={it.name}>{it.name}</option>
					))}
				</SelectField>
				<SelectField
					label={t`Environment`}
					value={environment ?? ""}
					onChange={(e) => choose({ environment: e.target.value })}
				>
					<option value="">
						<Trans>All</Trans>
					</option>
					{inOrder(places, orders).map((it) => (
						<option key={it.name}>{it.name}</option>
					))}
				</SelectField>
				<SelectField
					label={t`Offered to`}
					value={visibility ?? ""}
					onChange={(e) => choose({ visibility: (e.target.value || undefined) as EndpointFilter["visibility"] })}
				>
					<option value="">
						<Trans>Anyone</Trans>
					</option>
					<option value="public">public</option>
					<option value="organization">organization</option>
					<option value="project">project</option>
				</SelectField>
			</div>
			{error && !shown && <Failed failure={error} retry={() => void refetch()} />}
			{!shown && !error && <Skeleton rows={6} />}
			{shown && (
				<Table
					label={t`Endpoints`}
					rows={shown}
					row={(it) => `${it.environment}/${it.project}/${it.component}/${it.name}`}
					empty={
						Object.keys(filter).length > 0 ? (
							<Empty
								title={t`No endpoint matches`}
								action={
									<Button onClick={() => void navigate({ to: "/orgs/$org/endpoints", params: { org }, search: {} })}>
										<Trans>Show all</Trans>
									</Button>
								}
							/>
						) : (
							<Empty title={t`No endpoints yet`} icon={<Globe aria-hidden />}>
								<Trans>A component that is deployed and offers something shows up here.</Trans>
							</Empty>
						)
					}
					columns={[
						{
							title: t`Endpoint`,
							cell: (it) => (
								<span className="stack">
									<Link
										className="link"
										to="/orgs/$org/projects/$project/components/$component/endpoints"
										params={{ org, project: it.project, component: it.component }}
										search={{ environment: it.environment, endpoint: it.name }}
									>
										{it.project}/{it.component} <span className="dim">{it.name}</span>
									</Link>
									<span className="narrow-only">
										{it.environment} <Badge tone={TONES[it.visibility]}>{it.visibility}</Badge>
									</span>
									<span className="narrow-only">
										<Address it={it} />
									</span>
								</span>
							),
						},
						{ title: t`Health`, cell: (it) => <Status state={it.health} /> },
						{ title: t`Environment`, spare: true, cell: (it) => it.environment },
						{
							title: t`Offered to`,
							spare: true,
							cell: (it) => <Badge tone={TONES[it.visibility]}>{it.visibility}</Badge>,
						},
						{ title: t`Address`, wide: true, spare: true, cell: (it) => <Address it={it} /> },
					]}
				/>
			)}
			<Cli
				command={`cyto list endpoints --organization ${org}${project ? ` --filter project=${project}` : ""}${environment ? ` --filter environment=${environment}` : ""}`}
			/>
		</div>
	);
}
