import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { environments, keys, path, pipelines } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Confirm, Dialog } from "../ui/Dialog";
import { MenuItem } from "../ui/Menu";
import { Empty, PageHeader, Section } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { NewEnvironment } from "./NewEnvironment";
import { inOrder } from "./order";
import { Pipelines } from "./Pipelines";

const ENVIRONMENT = "/api/v1/organizations/{organization}/environments/{environment}";

export function EnvironmentsPage({ org }: { org: string }) {
	const allowed = useAllowed(org);
	const [making, setMaking] = useState(false);
	return (
		<div className="page">
			<PageHeader
				title={t`Environments`}
				meta={
					<span>
						<Trans>Where cells run, and the order in which releases get there.</Trans>
					</span>
				}
				actions={
					allowed.manage && (
						<Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
							<Trans>New environment</Trans>
						</Button>
					)
				}
			/>
			<Environments org={org} />
			<Pipelines org={org} />
			<Dialog open={making} onClose={() => setMaking(false)} title={t`New environment`}>
				<NewEnvironment org={org} onClose={() => setMaking(false)} />
			</Dialog>
		</div>
	);
}

function Environments({ org }: { org: string }) {
	const { data: list } = useSuspenseQuery(environments(org));
	const { data: orders } = useSuspenseQuery(pipelines(org));
	const allowed = useAllowed(org);
	const client = useQueryClient();
	const [deleted, setDeleted] = useState<string>();
	const refresh = [[...keys.org(org), "environments"]];
	const at = (environment: string) => ({ ...path.org(org), environment });
	const change = (it: Schema["Environment"], production: boolean) =>
		data(api.PATCH(ENVIRONMENT, { params: { path: at(it.name), header: ifMatch(it) }, body: { production } }));
	const { act } = useAct({
		run: change,
		refresh,
		done: (changed: Schema["Environment"]) => ({
			title: changed.production ? t`${changed.name} is production` : t`${changed.name} is not production any more`,
			undo: async () => {
				await change(changed, !changed.production);
				await client.invalidateQueries({ queryKey: refresh[0]! });
			},
		}),
	});
	return (
		<Section title={t`Environments`} id="environments">
			<Table
				label={t`Environments`}
				rows={inOrder(list, orders)}
				row={(it) => it.name}
				empty={
					<Empty title={t`No environments`}>
						<Trans>Without one there is nowhere to deploy to.</Trans>
					</Empty>
				}
				columns={[
					{
						title: t`Name`,
						cell: (it) => (
							<span className="named">
								<strong>{it.name}</strong>
								{it.production && (
									<Badge tone="accent">
										<Trans>production</Trans>
									</Badge>
								)}
							</span>
						),
					},
					{ title: t`Data plane`, cell: (it) => <code>{it.dataPlane}</code> },
					{
						title: t`Pipelines`,
						wide: true,
						spare: true,
						cell: (it) =>
							orders
								.filter((order) => order.stages.includes(it.name))
								.map((order) => order.name)
								.join(", ") || (
								<span className="dim">
									<Trans>none: releases cannot be promoted to it</Trans>
								</span>
							),
					},
					{
						title: t`Delivery`,
						quiet: true,
						cell: (it) => (
							<Link
								to="/orgs/$org/environments/$environment/delivery"
								params={{ org, environment: it.name }}
								aria-label={t`Delivery of ${it.name}`}
							>
								<Trans>Delivery</Trans>
							</Link>
						),
					},
					{ title: t`Created`, spare: true, cell: (it) => <Time at={it.createdAt} /> },
					...(allowed.manage
						? [
								{
									title: t`Actions`,
									quiet: true,
									end: true,
									cell: (it: Schema["Environment"]) => (
										<RowMenu of={it.name}>
											<MenuItem onClick={() => void act(it, !it.production)}>
												{it.production ? t`Not production any more` : t`Mark as production`}
											</MenuItem>
											<MenuItem danger onClick={() => setDeleted(it.name)}>
												<Trans>Delete</Trans>
											</MenuItem>
										</RowMenu>
									),
								},
							]
						: []),
				]}
			/>
			<Confirm
				open={deleted !== undefined}
				onClose={() => setDeleted(undefined)}
				title={t`Delete ${deleted ?? ""}?`}
				action={t`Delete environment`}
				typed={deleted ?? ""}
				command={`cyto delete environment ${deleted} --organization ${org}`}
				onConfirm={async () => {
					await api.DELETE(ENVIRONMENT, { params: { path: at(deleted!) } });
					await client.invalidateQueries({ queryKey: refresh[0]! });
				}}
			>
				<p>
					<Trans>It must be in no pipeline, and nothing may have been deployed to it.</Trans>
				</p>
			</Confirm>
		</Section>
	);
}
