import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { accessTokens, me } from "../api/queries";
import { Button } from "../ui/Button";
import { Confirm, Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { Check, SelectField, TextField } from "../ui/Field";
import { Once } from "../ui/Once";
import { Empty, PageHeader } from "../ui/Page";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";

/** The tokens that act as the person who is signed in. */
export function TokensPage() {
	const { data: list } = useSuspenseQuery(accessTokens);
	const client = useQueryClient();
	const [making, setMaking] = useState(false);
	const [made, setMade] = useState<Schema["NewAccessTokenAnswer"]>();
	const [revoked, setRevoked] = useState<Schema["AccessToken"]>();
	return (
		<div className="page">
			<PageHeader
				title={t`Access tokens`}
				meta={
					<span>
						<Trans>They act as you: as the password for Git over HTTPS, and as a bearer token for scripts.</Trans>
					</span>
				}
				actions={
					<Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
						<Trans>New token</Trans>
					</Button>
				}
			/>
			<Table
				label={t`Access tokens`}
				rows={list}
				row={(it) => it.id}
				empty={
					<Empty title={t`No access tokens`} icon={<KeyRound aria-hidden />}>
						<Trans>
							Git and the command line sign in by themselves on your machine (cyto login). A token is for where nobody
							can.
						</Trans>
					</Empty>
				}
				columns={[
					{
						title: t`Name`,
						wide: true,
						cell: (it) => (
							<span className="named">
								<strong>{it.name}</strong>
								{it.platformAdmin && (
									<Badge tone="warn">
										<Trans>platform admin</Trans>
									</Badge>
								)}
								{Date.parse(it.expiresAt) < Date.now() && (
									<Badge tone="bad">
										<Trans>expired</Trans>
									</Badge>
								)}
							</span>
						),
					},
					{ title: t`Last used`, spare: true, cell: (it) => <Time at={it.lastUsedAt} /> },
					{ title: t`Expires`, cell: (it) => <Time at={it.expiresAt} /> },
					{ title: t`Created`, spare: true, cell: (it) => <Time at={it.createdAt} /> },
					{
						title: t`Actions`,
						quiet: true,
						end: true,
						cell: (it) => (
							<Button small onClick={() => setRevoked(it)} aria-label={t`Revoke ${it.name}`}>
								<Trans>Revoke</Trans>
							</Button>
						),
					},
				]}
			/>
			<Dialog open={making} onClose={() => setMaking(false)} title={t`New access token`}>
				<NewToken
					onClose={() => setMaking(false)}
					onCreated={(it) => {
						setMaking(false);
						setMade(it);
					}}
				/>
			</Dialog>
			<Dialog open={made !== undefined} onClose={() => setMade(undefined)} title={t`The token ${made?.name ?? ""}`}>
				{made && (
					<Once values={[{ name: t`Access token`, text: made.token }]} onClose={() => setMade(undefined)}>
						<p>
							<Trans>
								It ends <Time at={made.expiresAt} />. Git asks for it as the password, with any user name.
							</Trans>
						</p>
					</Once>
				)}
			</Dialog>
			<Confirm
				open={revoked !== undefined}
				onClose={() => setRevoked(undefined)}
				title={t`Revoke ${revoked?.name ?? ""}?`}
				action={t`Revoke token`}
				danger
				command={`cyto delete token ${revoked?.name}`}
				onConfirm={async () => {
					await api.DELETE("/api/v1/me/tokens/{id}", { params: { path: { id: revoked!.id } } });
					await client.invalidateQueries({ queryKey: accessTokens.queryKey });
				}}
			>
				<p>
					<Trans>It stops working at once, wherever it is used.</Trans>
				</p>
			</Confirm>
		</div>
	);
}

function NewToken({
	onClose,
	onCreated,
}: {
	onClose: () => void;
	onCreated: (it: Schema["NewAccessTokenAnswer"]) => void;
}) {
	const { data: person } = useSuspenseQuery(me);
	const [name, setName] = useState("");
	const [days, setDays] = useState(90);
	const [platformAdmin, setPlatformAdmin] = useState(false);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => data(api.POST("/api/v1/me/tokens", { body: { name: name.trim(), expiresInDays: days, platformAdmin } })),
		refresh: [[...accessTokens.queryKey]],
		done: () => undefined,
	});
	return (
		<DialogForm
			action={t`Create token`}
			command={`cyto create token ${/\s/.test(name.trim()) ? `"${name.trim()}"` : name.trim() || "NAME"} --days ${days}${platformAdmin ? " --platform-admin" : ""}`}
			trouble={trouble}
			busy={busy}
			disabled={!name.trim()}
			onClose={onClose}
			onSubmit={async () => {
				const made = await act();
				if (made) onCreated(made);
			}}
		>
			<TextField
				label={t`What it is for`}
				value={name}
				onChange={(e) => setName(e.target.value)}
				placeholder={t`laptop, nightly job`}
				wrong={wrong("name")}
				maxLength={100}
				autoFocus
				required
			/>
			<SelectField
				label={t`Ends after`}
				value={days}
				onChange={(e) => setDays(Number(e.target.value))}
				wrong={wrong("expiresInDays")}
			>
				{[7, 30, 90, 180, 365].map((it) => (
					<option key={it} value={it}>
						{plural(it, { one: "# day", other: "# days" })}
					</option>
				))}
			</SelectField>
			{person.platformAdmin && (
				<Check
					label={t`It may manage data planes`}
					hint={t`Only as long as you may. Leave it out unless it is for that.`}
					checked={platformAdmin}
					onChange={(e) => setPlatformAdmin(e.target.checked)}
				/>
			)}
		</DialogForm>
	);
}
