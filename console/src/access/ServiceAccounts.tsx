import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Bot, Plus } from "lucide-react";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { keys, path, serviceAccounts } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Id } from "../ui/Copy";
import { Confirm, Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { MenuItem } from "../ui/Menu";
import { NameField } from "../ui/NameField";
import { Once } from "../ui/Once";
import { Empty, Section } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { RoleBadge } from "./Members";
import { RoleFields } from "./RoleFields";
import { type Role, userOf } from "./words";

const ACCOUNTS = "/api/v1/organizations/{organization}/service-accounts";

/** Machines that act in the organization. */
export function ServiceAccounts({ org, onAsk }: { org: string; onAsk: (username: string) => void }) {
	const { data: list } = useSuspenseQuery(serviceAccounts(org));
	const allowed = useAllowed(org);
	const client = useQueryClient();
	const [making, setMaking] = useState(false);
	const [made, setMade] = useState<Schema["NewServiceAccountAnswer"]>();
	const [deleted, setDeleted] = useState<Schema["ServiceAccount"]>();
	return (
		<Section
			title={t`Service accounts`}
			id="service-accounts"
			hint={t`For pipelines and scripts: they sign in with a client id and a secret, not as a person.`}
			actions={
				allowed.manage && (
					<Button icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
						<Trans>New service account</Trans>
					</Button>
				)
			}
		>
			<Table
				label={t`Service accounts`}
				rows={list}
				row={(it) => it.name}
				empty={
					<Empty title={t`No service accounts`} icon={<Bot aria-hidden />}>
						<Trans>Whatever is to deploy from elsewhere, without a person, needs one.</Trans>
					</Empty>
				}
				columns={[
					{ title: t`Name`, cell: (it) => <strong>{it.name}</strong> },
					{ title: t`Role`, cell: (it) => <RoleBadge role={it.role} project={it.project ?? null} effect="allow" /> },
					{ title: t`Client id`, wide: true, spare: true, cell: (it) => <Id text={it.clientId} what={t`client id`} /> },
					{ title: t`Created`, spare: true, cell: (it) => <Time at={it.createdAt} /> },
					...(allowed.manage
						? [
								{
									title: t`Actions`,
									quiet: true,
									end: true,
									cell: (it: Schema["ServiceAccount"]) => (
										<span className="row-actions">
											<Button
												small
												look="quiet"
												onClick={() => onAsk(userOf(it.clientId))}
												aria-label={t`Why may ${it.name} do what`}
											>
												<Trans>Why?</Trans>
											</Button>
											<RowMenu of={it.name}>
												<MenuItem danger onClick={() => setDeleted(it)}>
													<Trans>Delete</Trans>
												</MenuItem>
											</RowMenu>
										</span>
									),
								},
							]
						: []),
				]}
			/>
			<Dialog open={making} onClose={() => setMaking(false)} title={t`New service account`}>
				<NewServiceAccount
					org={org}
					onClose={() => setMaking(false)}
					onCreated={(it) => {
						setMaking(false);
						setMade(it);
					}}
				/>
			</Dialog>
			<Dialog open={made !== undefined} onClose={() => setMade(undefined)} title={t`How ${made?.name ?? ""} signs in`}>
				{made && (
					<Once
						values={[
							{ name: t`Client id`, text: made.clientId },
							{ name: t`Client secret`, text: made.clientSecret },
						]}
						onClose={() => setMade(undefined)}
					>
						<p>
							<Trans>
								The command line takes them as <code>CYTOPLANE_CLIENT_ID</code> and <code>CYTOPLANE_CLIENT_SECRET</code>
								.
							</Trans>
						</p>
					</Once>
				)}
			</Dialog>
			<Confirm
				open={deleted !== undefined}
				onClose={() => setDeleted(undefined)}
				title={t`Delete ${deleted?.name ?? ""}?`}
				action={t`Delete service account`}
				typed={deleted?.name ?? ""}
				command={`cyto delete service-account ${deleted?.name} --organization ${org}`}
				onConfirm={async () => {
					await api.DELETE(`${ACCOUNTS}/{name}`, { params: { path: { ...path.org(org), name: deleted!.name } } });
					await client.invalidateQueries({ queryKey: [...keys.org(org), "service-accounts"] });
				}}
			>
				<p>
					<Trans>
						It loses its roles at once, and whatever uses its secret stops working. A new one gets another secret.
					</Trans>
				</p>
			</Confirm>
		</Section>
	);
}

function NewServiceAccount({
	org,
	onClose,
	onCreated,
}: {
	org: string;
	onClose: () => void;
	onCreated: (it: Schema["NewServiceAccountAnswer"]) => void;
}) {
	const [name, setName] = useState("");
	const [role, setRole] = useState<Role>("developer");
	const [project, setProject] = useState("");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(api.POST(ACCOUNTS, { params: { path: path.org(org) }, body: { name, role, project: project || null } })),
		refresh: [
			[...keys.org(org), "service-accounts"],
			[...keys.org(org), "members"],
		],
		done: () => undefined,
	});
	return (
		<DialogForm
			action={t`Create service account`}
			command={`cyto create service-account ${name || "NAME"} --role ${role}${project ? ` --project ${project}` : ""} --organization ${org}`}
			trouble={trouble}
			busy={busy}
			disabled={!name}
			onClose={onClose}
			onSubmit={async () => {
				const made = await act();
				if (made) onCreated(made);
			}}
		>
			<NameField value={name} onChange={setName} wrong={wrong("name")} />
			<RoleFields org={org} role={role} onRole={setRole} project={project} onProject={setProject} wrong={wrong} />
		</DialogForm>
	);
}
