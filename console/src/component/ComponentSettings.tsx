import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { COMPONENT, type ComponentRef, component, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { CodeBlock } from "../ui/Copy";
import { DangerZone } from "../ui/DangerZone";
import { Check, SelectField, TextField } from "../ui/Field";
import { Section } from "../ui/Page";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";

export function ComponentSettings(ref: ComponentRef) {
	const { data: it } = useSuspenseQuery(component(ref));
	return (
		<>
			<General key={it.version} {...ref} it={it} />
			<Section title={t`Repository`} id="repository">
				<CodeBlock text={it.source.kind === "git" ? (it.source.url ?? "") : it.gitUrl} what={t`address`} />
			</Section>
			<Danger {...ref} />
		</>
	);
}

function General({ it, ...ref }: ComponentRef & { it: Schema["Component"] }) {
	const allowed = useAllowed(ref.org);
	const [displayName, setDisplayName] = useState(it.displayName);
	const [type, setType] = useState<string>(it.type ?? "");
	const [autoDeploy, setAutoDeploy] = useState(it.autoDeploy);
	const [autoRollback, setAutoRollback] = useState(it.autoRollback);
	const [branch, setBranch] = useState(it.source.branch);
	const [directory, setDirectory] = useState(it.source.directory);
	const moved = branch !== it.source.branch || directory !== it.source.directory;
	const changed =
		moved ||
		displayName !== it.displayName ||
		type !== (it.type ?? "") ||
		autoDeploy !== it.autoDeploy ||
		autoRollback !== it.autoRollback;
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.PATCH(COMPONENT, {
					params: { path: path.component(ref), header: ifMatch(it) },
					body: {
						displayName,
						autoDeploy,
						autoRollback,
						type: (type || null) as Schema["ComponentChange"]["type"],
						...(moved && {
							source: { kind: it.source.kind, url: it.source.url ?? null, branch, directory },
						}),
					} as Schema["ComponentChange"],
				}),
			),
		refresh: [keys.component(ref)],
		done: () => t`Saved`,
	});
	return (
		<Section title={t`General`} id="general">
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
					wrong={wrong("displayName")}
					disabled={!allowed.develop}
				/>
				<SelectField
					label={t`Type`}
					value={type}
					onChange={(e) => setType(e.target.value)}
					hint={t`What its descriptor says wins.`}
					wrong={wrong("type")}
					disabled={!allowed.develop}
				>
					<option value="">
						<Trans>As detected</Trans>
					</option>
					<option>service</option>
					<option>web-application</option>
					<option>worker</option>
					<option>scheduled-task</option>
					<option>manual-task</option>
				</SelectField>
				<TextField
					label={t`Branch that is built`}
					value={branch}
					onChange={(e) => setBranch(e.target.value)}
					wrong={wrong("branch")}
					disabled={!allowed.develop}
				/>
				<TextField
					label={t`Folder in the repository`}
					value={directory}
					onChange={(e) => setDirectory(e.target.value)}
					wrong={wrong("directory")}
					disabled={!allowed.develop}
				/>
				<Check
					label={t`Deploy what is built to the first environment by itself`}
					checked={autoDeploy}
					onChange={(e) => setAutoDeploy(e.target.checked)}
					disabled={!allowed.develop}
				/>
				<Check
					label={t`Go back by itself to what is live when a deployment fails`}
					checked={autoRollback}
					onChange={(e) => setAutoRollback(e.target.checked)}
					disabled={!allowed.develop}
				/>
				<Wrong text={trouble} />
				{allowed.develop && (
					<div className="form-actions">
						<Button type="submit" look="primary" busy={busy} disabled={!changed}>
							<Trans>Save</Trans>
						</Button>
					</div>
				)}
			</form>
		</Section>
	);
}

function Danger(ref: ComponentRef) {
	const navigate = useNavigate();
	const allowed = useAllowed(ref.org);
	if (!allowed.manage) return null;
	return (
		<DangerZone
			kind="component"
			name={ref.component}
			about={t`With its repository, builds and releases. It must be taken out of every environment first.`}
			command={`cyto delete component ${ref.project}/${ref.component}`}
			onDelete={async () => {
				await api.DELETE(COMPONENT, { params: { path: path.component(ref) } });
				await navigate({ to: "/orgs/$org/projects/$project", params: { org: ref.org, project: ref.project } });
			}}
		>
			<Trans>Its repository, builds, releases, settings and secrets are deleted.</Trans>
		</DangerZone>
	);
}
