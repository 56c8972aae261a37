import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { COMPONENT, type ComponentRef, configuration, keys, path, releases, secrets } from "../api/queries";
import { EnvironmentTabs } from "../component/EnvironmentTabs";
import { useStages } from "../component/useStages";
import { useAllowed } from "../session/useSession";
import { Button, IconButton } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { Confirm, Dialog } from "../ui/Dialog";
import { TextField } from "../ui/Field";
import { Empty, Section } from "../ui/Page";
import { Badge } from "../ui/Status";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import { changes, rows } from "./rows";
import "./configuration.css";

/** Settings and secrets of a component in one environment: forms made of what its descriptor declares. */
export function ConfigurationPage({ chosen, ...ref }: ComponentRef & { chosen: string | undefined }) {
	const stages = useStages(ref);
	const environment = chosen ?? stages[0] ?? "development";
	return (
		<>
			<EnvironmentTabs environments={stages} current={environment} />
			<Settings key={environment} {...ref} environment={environment} />
			<Secrets {...ref} environment={environment} />
		</>
	);
}

type Place = ComponentRef & { environment: string };

function Settings({ environment, ...ref }: Place) {
	const { data: kept } = useSuspenseQuery(configuration(ref, environment));
	const { data: made } = useSuspenseQuery(releases(ref));
	const allowed = useAllowed(ref.org);
	const [draft, setDraft] = useState<Record<string, string>>();
	const [adding, setAdding] = useState("");
	const before = kept.values as Record<string, string>;
	const values = draft ?? before;
	const declared = made[0]?.descriptor.configuration ?? [];
	const list = rows(declared, values);
	const changed = draft ? changes(before, draft) : [];
	const { act, busy, failure, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.PUT(`${COMPONENT}/configuration/{environment}`, {
					params: { path: { ...path.component(ref), environment }, header: ifMatch(kept) },
					body: { values },
				}),
			),
		refresh: [[...keys.component(ref), "configuration"]],
		done: () => t`Saved. What runs in ${environment} is deployed anew with it`,
	});
	const set = (name: string, value: string | undefined) => {
		const { [name]: _, ...rest } = values;
		setDraft(value === undefined ? rest : { ...rest, [name]: value });
	};
	const unset = changed.filter((it) => it.to === undefined).map((it) => it.name);
	const given = changed.filter((it) => it.to !== undefined).map((it) => `${it.name}=${quoted(it.to!)}`);
	const name = `${ref.project}/${ref.component}`;

	return (
		<Section
			title={t`Settings`}
			id="settings"
			hint={t`Environment variables that this environment has, over the descriptor's defaults.`}
		>
			<form
				className="settings"
				onSubmit={async (event) => {
					event.preventDefault();
					if (await act()) setDraft(undefined);
				}}
			>
				{list.length === 0 && (
					<Empty title={t`No settings`}>
						<Trans>The component's descriptor declares none, and {environment} has none of its own.</Trans>
					</Empty>
				)}
				{list.length > 0 && (
					<ul className="setting-list">
						{list.map((it) => (
							<li key={it.name}>
								<TextField
									label={it.name}
									hint={it.declared?.description}
									value={it.own ?? ""}
									placeholder={it.declared?.value ?? (it.declared?.required ? t`needed` : t`not set`)}
									disabled={!allowed.develop}
									onChange={(event) =>
										set(it.name, event.target.value || !it.declared ? event.target.value : undefined)
									}
								/>
								<div className="setting-about">
									{it.declared?.required && it.own === undefined && it.declared.value == null && (
										<Badge tone="warn">
											<Trans>needed</Trans>
										</Badge>
									)}
									{it.own !== undefined ? (
										<Badge tone="accent">
											<Trans>own</Trans>
										</Badge>
									) : (
										it.declared?.value != null && (
											<Badge>
												<Trans>default</Trans>
											</Badge>
										)
									)}
									{allowed.develop && it.own !== undefined && (
										<IconButton label={t`Remove ${it.name}`} onClick={() => set(it.name, undefined)}>
											<Trash2 />
										</IconButton>
									)}
								</div>
							</li>
						))}
					</ul>
				)}
				{allowed.develop && (
					<div className="setting-add">
						<input
							className="input"
							aria-label={t`Name of a further setting`}
							placeholder="NAME"
							value={adding}
							onChange={(event) => setAdding(event.target.value)}
						/>
						<Button
							icon={<Plus />}
							disabled={!adding || adding in values}
							onClick={() => {
								set(adding, "");
								setAdding("");
							}}
						>
							<Trans>Add</Trans>
						</Button>
					</div>
				)}
				{changed.length > 0 && (
					<div className="pending" role="region" aria-label={t`Changes`}>
						<ul className="diff">
							{changed.map((it) => (
								<li key={it.name}>
									<code>{it.name}</code>
									{it.from !== undefined && <del>{it.from || t`empty`}</del>}
									{it.to !== undefined ? (
										<ins>{it.to || t`empty`}</ins>
									) : (
										<span className="dim">
											<Trans>the default again</Trans>
										</span>
									)}
								</li>
							))}
						</ul>
						<Wrong text={trouble} />
						<Wrong text={trouble ? undefined : failure?.message} />
						<div className="form-actions">
							<Button type="submit" look="primary" busy={busy}>
								<Trans>Save and deploy</Trans>
							</Button>
							<Button onClick={() => setDraft(undefined)}>
								<Trans>Discard</Trans>
							</Button>
							{given.length > 0 && <Cli command={`cyto config set ${name} ${given.join(" ")} -e ${environment}`} />}
							{unset.length > 0 && <Cli command={`cyto config unset ${name} ${unset.join(" ")} -e ${environment}`} />}
						</div>
					</div>
				)}
				{kept.updatedAt && changed.length === 0 && (
					<p className="dim">
						<Trans>
							Version {kept.version}, changed <Time at={kept.updatedAt} />
						</Trans>
					</p>
				)}
			</form>
		</Section>
	);
}

const quoted = (text: string) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function Secrets({ environment, ...ref }: Place) {
	const { data: kept } = useSuspenseQuery(secrets(ref, environment));
	const { data: made } = useSuspenseQuery(releases(ref));
	const allowed = useAllowed(ref.org);
	const [setting, setSetting] = useState<string>();
	const [removing, setRemoving] = useState<string>();
	const declared = (made[0]?.descriptor.configuration ?? []).filter((it) => it.secret);
	const names = [...new Set([...declared.map((it) => it.name), ...kept.map((it) => it.name)])].sort();
	const name = `${ref.project}/${ref.component}`;

	return (
		<Section
			title={t`Secrets`}
			id="secrets"
			hint={t`Written once and never shown again. They reach the component sealed to its data plane.`}
			actions={
				allowed.develop && (
					<Button small icon={<Plus />} onClick={() => setSetting("")}>
						<Trans>Set a secret</Trans>
					</Button>
				)
			}
		>
			{names.length === 0 ? (
				<Empty title={t`No secrets in ${environment}`}>
					<Trans>Passwords, keys and tokens that the component needs belong here.</Trans>
				</Empty>
			) : (
				<ul className="setting-list">
					{names.map((it) => {
						const secret = kept.find((s) => s.name === it);
						const about = declared.find((s) => s.name === it);
						return (
							<li key={it} className="secret">
								<div>
									<code>{it}</code>
									{about?.description && <div className="hint dim">{about.description}</div>}
								</div>
								<div className="setting-about">
									{secret ? (
										<span className="dim">
											<Trans>
												version {secret.version}, <Time at={secret.updatedAt} />
											</Trans>
										</span>
									) : (
										<Badge tone="warn">{about?.required === false ? t`not set` : t`needed`}</Badge>
									)}
									{allowed.develop && (
										<>
											<Button small onClick={() => setSetting(it)}>
												{secret ? t`Replace` : t`Set`}
											</Button>
											{secret && (
												<IconButton label={t`Remove ${it}`} onClick={() => setRemoving(it)}>
													<Trash2 />
												</IconButton>
											)}
										</>
									)}
								</div>
							</li>
						);
					})}
				</ul>
			)}
			{setting !== undefined && (
				<SetSecret {...ref} environment={environment} name={setting} onClose={() => setSetting(undefined)} />
			)}
			<Confirm
				open={removing !== undefined}
				onClose={() => setRemoving(undefined)}
				title={t`Remove ${removing ?? ""}?`}
				action={t`Remove`}
				danger
				command={`cyto secret unset ${name} ${removing} -e ${environment}`}
				onConfirm={() =>
					api.DELETE(`${COMPONENT}/secrets/{environment}/{name}`, {
						params: { path: { ...path.component(ref), environment, name: removing! } },
					})
				}
			>
				<p>
					<Trans>What runs in {environment} is deployed anew without it. Its value cannot be brought back.</Trans>
				</p>
			</Confirm>
		</Section>
	);
}

function SetSecret({ environment, name: given, onClose, ...ref }: Place & { name: string; onClose: () => void }) {
	const [name, setName] = useState(given);
	const [value, setValue] = useState("");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: (): Promise<Schema["SecretView"]> =>
			data(
				api.PUT(`${COMPONENT}/secrets/{environment}/{name}`, {
					params: { path: { ...path.component(ref), environment, name } },
					body: { value },
				}),
			),
		refresh: [[...keys.component(ref), "secrets"]],
		done: () => t`${name} is set. What runs in ${environment} is deployed anew with it`,
	});
	return (
		<Dialog open onClose={onClose} title={given ? t`New value for ${given}` : t`Set a secret`}>
			<form
				className="form"
				onSubmit={async (event) => {
					event.preventDefault();
					if (await act()) onClose();
				}}
			>
				{!given && (
					<TextField
						label={t`Name`}
						placeholder="DATABASE_PASSWORD"
						value={name}
						onChange={(event) => setName(event.target.value)}
						wrong={wrong("name")}
						autoFocus
						required
					/>
				)}
				<TextField
					label={t`Value`}
					type="password"
					autoComplete="new-password"
					value={value}
					onChange={(event) => setValue(event.target.value)}
					wrong={wrong("value") ?? trouble}
					autoFocus={!!given}
					required
				/>
				<Cli command={`cyto secret set ${ref.project}/${ref.component} ${name || "NAME"} -e ${environment}`} />
				<div className="form-actions form-actions-end">
					<Button onClick={onClose}>
						<Trans>Cancel</Trans>
					</Button>
					<Button type="submit" look="primary" busy={busy} disabled={!name || !value}>
						<Trans>Set and deploy</Trans>
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
