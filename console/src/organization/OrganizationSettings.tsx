import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { keys, me, organization, path, projects, serviceAccounts } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli, Id } from "../ui/Copy";
import { DangerZone } from "../ui/DangerZone";
import { TextField } from "../ui/Field";
import { Fact, Facts, PageHeader, Section } from "../ui/Page";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";

const ORGANIZATION = "/api/v1/organizations/{organization}";

export function OrganizationSettings({ org }: { org: string }) {
	const { data: it } = useSuspenseQuery(organization(org));
	const allowed = useAllowed(org);
	return (
		<div className="page">
			<PageHeader title={t`Settings`} titleText={t`Settings of ${it.displayName}`} />
			<General key={it.version} it={it} />
			{allowed.own && <Danger it={it} />}
		</div>
	);
}

function General({ it }: { it: Schema["Organization"] }) {
	const allowed = useAllowed(it.name);
	const client = useQueryClient();
	const [displayName, setDisplayName] = useState(it.displayName);
	const rename = (current: { version: number }, next: string) =>
		data(
			api.PATCH(ORGANIZATION, {
				params: { path: path.org(it.name), header: ifMatch(current) },
				body: { displayName: next },
			}),
		);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => rename(it, displayName),
		refresh: [["orgs"]],
		done: (changed: Schema["Organization"]) => ({
			title: t`Saved`,
			undo: async () => {
				await rename(changed, it.displayName);
				await client.invalidateQueries({ queryKey: ["orgs"] });
			},
		}),
	});
	return (
		<Section title={t`General`} id="general">
			<Facts>
				<Fact name={t`Name`}>
					<Id text={it.name} what={t`name`} />
				</Fact>
				<Fact name={t`Created`}>
					<Time at={it.createdAt} />
				</Fact>
				<Fact name={t`Id`}>
					<Id text={it.id} short={it.id.slice(0, 13)} what={t`id`} />
				</Fact>
			</Facts>
			<form
				className="form"
				onSubmit={(event) => {
					event.preventDefault();
					void act();
				}}
			>
				<TextField
					label={t`Display name`}
					value={displayName}
					onChange={(e) => setDisplayName(e.target.value)}
					hint={t`How people call it. Its name in addresses stays.`}
					wrong={wrong("displayName") ?? trouble}
					disabled={!allowed.manage}
					required
				/>
				{allowed.manage && (
					<div className="form-actions">
						<Button type="submit" look="primary" busy={busy} disabled={displayName === it.displayName}>
							<Trans>Save</Trans>
						</Button>
						<Cli command={`cyto update organization ${it.name} --display-name ${JSON.stringify(displayName)}`} />
					</div>
				)}
			</form>
		</Section>
	);
}

function Danger({ it }: { it: Schema["Organization"] }) {
	const navigate = useNavigate();
	const client = useQueryClient();
	const { data: list } = useSuspenseQuery(projects(it.name));
	const { data: accounts } = useSuspenseQuery(serviceAccounts(it.name));
	const left = [
		list.length > 0 && plural(list.length, { one: "# project", other: "# projects" }),
		accounts.length > 0 && plural(accounts.length, { one: "# service account", other: "# service accounts" }),
	].filter(Boolean);
	return (
		<DangerZone
			kind="organization"
			name={it.name}
			about={
				left.length > 0
					? t`It still has ${left.join(t` and `)}. They have to be deleted first.`
					: t`With its environments, pipelines and roles. Its audit log is kept.`
			}
			command={`cyto delete organization ${it.name}`}
			disabled={left.length > 0}
			onDelete={async () => {
				await api.DELETE(ORGANIZATION, { params: { path: path.org(it.name) } });
				await client.invalidateQueries({ queryKey: me.queryKey });
				await navigate({ to: "/" });
				client.removeQueries({ queryKey: keys.org(it.name) });
			}}
		>
			<Trans>Its environments, pipelines and roles are gone at once.</Trans>
		</DangerZone>
	);
}
