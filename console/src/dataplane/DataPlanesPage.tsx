import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Server } from "lucide-react";
import { useState } from "react";
import { api, type Schema } from "../api/client";
import { dataPlanes, environments } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Confirm, Dialog } from "../ui/Dialog";
import { MenuItem } from "../ui/Menu";
import { Empty, Failed, PageHeader, Skeleton } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { Joining, JoinToken, NewDataPlane } from "./Joining";

export function DataPlanesPage({ org }: { org: string }) {
	const allowed = useAllowed(org);
	const [making, setMaking] = useState(false);
	const [invited, setInvited] = useState<Schema["Invitation"]>();
	return (
		<div className="page">
			<PageHeader
				title={t`Data planes`}
				meta={
					<span>
						<Trans>
							The machines and clusters that run cells. They belong to the platform, not to one organization.
						</Trans>
					</span>
				}
				actions={
					allowed.platform && (
						<Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
							<Trans>New data plane</Trans>
						</Button>
					)
				}
			/>
			{allowed.platform ? <All org={org} onInvited={setInvited} /> : <Used org={org} />}
			<Dialog open={making} onClose={() => setMaking(false)} title={t`New data plane`}>
				<NewDataPlane
					onClose={() => setMaking(false)}
					onCreated={(it) => {
						setMaking(false);
						setInvited(it);
					}}
				/>
			</Dialog>
			<Dialog
				open={invited !== undefined}
				onClose={() => setInvited(undefined)}
				title={invited ? t`How ${invited.name} joins` : ""}
				wide
			>
				{invited && <Joining invitation={invited} onClose={() => setInvited(undefined)} />}
			</Dialog>
		</div>
	);
}

function All({ org, onInvited }: { org: string; onInvited: (it: Schema["Invitation"]) => void }) {
	// Whether one is connected has no event of an organization.
	const { data: list, error, refetch } = useQuery({ ...dataPlanes, refetchInterval: 5_000 });
	const { data: places } = useSuspenseQuery(environments(org));
	const client = useQueryClient();
	const [deleted, setDeleted] = useState<string>();
	const [renewed, setRenewed] = useState<Schema["DataPlaneView"]>();
	if (error && !list) return <Failed failure={error} retry={() => void refetch()} />;
	if (!list) return <Skeleton rows={3} />;
	const environmentsOf = (name: string) => places.filter((it) => it.dataPlane === name).map((it) => it.name);
	return (
		<>
			<Table
				label={t`Data planes`}
				rows={list}
				row={(it) => it.name}
				empty={
					<Empty title={t`No data planes`} icon={<Server aria-hidden />}>
						<Trans>Nothing can run until one has joined.</Trans>
					</Empty>
				}
				columns={[
					{ title: t`Name`, cell: (it) => <strong>{it.name}</strong> },
					{
						title: t`Health`,
						cell: (it) => <Status state={it.status} {...(it.status === "PENDING" && { label: t`Has not joined` })} />,
					},
					{ title: t`Last seen`, cell: (it) => <Time at={it.lastSeenAt} /> },
					{
						title: t`Runtime`,
						spare: true,
						cell: (it) =>
							it.runtime ?? (
								<span className="dim">
									<Trans>not known yet</Trans>
								</span>
							),
					},
					{ title: t`Domain`, spare: true, cell: (it) => <code>{it.domain}</code> },
					{
						title: t`Environments here`,
						wide: true,
						spare: true,
						cell: (it) =>
							environmentsOf(it.name).join(", ") || (
								<span className="dim">
									<Trans>none</Trans>
								</span>
							),
					},
					{
						title: t`Actions`,
						quiet: true,
						end: true,
						cell: (it) => (
							<RowMenu of={it.name}>
								<MenuItem onClick={() => setRenewed(it)}>
									<Trans>New join token</Trans>
								</MenuItem>
								<MenuItem danger onClick={() => setDeleted(it.name)}>
									<Trans>Remove</Trans>
								</MenuItem>
							</RowMenu>
						),
					},
				]}
			/>
			<Dialog
				open={renewed !== undefined}
				onClose={() => setRenewed(undefined)}
				title={t`Join ${renewed?.name ?? ""} anew`}
			>
				{renewed && (
					<JoinToken
						of={renewed}
						onClose={() => setRenewed(undefined)}
						onCreated={(it) => {
							setRenewed(undefined);
							onInvited(it);
						}}
					/>
				)}
			</Dialog>
			<Confirm
				open={deleted !== undefined}
				onClose={() => setDeleted(undefined)}
				title={t`Remove ${deleted ?? ""}?`}
				action={t`Remove data plane`}
				typed={deleted ?? ""}
				command={`cyto delete data-plane ${deleted}`}
				onConfirm={async () => {
					await api.DELETE("/api/v1/data-planes/{dataPlane}", { params: { path: { dataPlane: deleted! } } });
					await client.invalidateQueries({ queryKey: dataPlanes.queryKey });
				}}
			>
				<p>
					<Trans>
						Its certificates stop counting at once. No environment of any organization may belong to it any more; what
						its machine still runs is not stopped by this.
					</Trans>
				</p>
			</Confirm>
		</>
	);
}

/** For whoever does not run the platform: those that this organization's environments are on. */
function Used({ org }: { org: string }) {
	const { data: places } = useSuspenseQuery(environments(org));
	const names = [...new Set(places.map((it) => it.dataPlane))].sort();
	return (
		<>
			<p className="callout">
				<Trans>
					Your role shows which data planes this organization uses. Their health, and joining new ones, is for whoever
					has the role platform-admin.
				</Trans>
			</p>
			<Table
				label={t`Data planes`}
				rows={names}
				row={(it) => it}
				columns={[
					{ title: t`Name`, cell: (it) => <strong>{it}</strong> },
					{
						title: t`Environments here`,
						wide: true,
						cell: (it) =>
							places
								.filter((place) => place.dataPlane === it)
								.map((place) => place.name)
								.join(", "),
					},
				]}
			/>
		</>
	);
}
