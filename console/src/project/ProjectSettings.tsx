import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data, ifMatch } from "../api/client";
import { keys, type ProjectRef, path, project } from "../api/queries";
import { PipelineField } from "../environment/PipelineField";
import { Placements } from "../placement/Placements";
import { Button } from "../ui/Button";
import { DangerZone } from "../ui/DangerZone";
import { TextField } from "../ui/Field";
import { Section } from "../ui/Page";
import { useAct } from "../ui/useAct";
import { ProjectHeader } from "./ProjectHeader";

const PROJECT = "/api/v1/organizations/{organization}/projects/{project}";

export function ProjectSettings(ref: ProjectRef) {
	const { data: it } = useSuspenseQuery(project(ref));
	return (
		<div className="page">
			<ProjectHeader {...ref} page={t`Settings`} />
			<General key={it.version} {...ref} />
			<Placements {...ref} />
			<Danger {...ref} />
		</div>
	);
}

function General(ref: ProjectRef) {
	const { data: it } = useSuspenseQuery(project(ref));
	const [displayName, setDisplayName] = useState(it.displayName);
	const [description, setDescription] = useState(it.description);
	const [pipeline, setPipeline] = useState(it.pipeline);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.PATCH(PROJECT, {
					params: { path: path.project(ref), header: ifMatch(it) },
					body: { displayName, description, pipeline },
				}),
			),
		refresh: [[...keys.org(ref.org), "projects"]],
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
				/>
				<TextField
					label={t`Description`}
					value={description}
					onChange={(e) => setDescription(e.target.value)}
					wrong={wrong("description")}
				/>
				<PipelineField org={ref.org} value={pipeline} onChange={setPipeline} wrong={wrong("pipeline") ?? trouble} />
				<div className="form-actions">
					<Button type="submit" look="primary" busy={busy}>
						<Trans>Save</Trans>
					</Button>
				</div>
			</form>
		</Section>
	);
}

function Danger({ org, project: name }: ProjectRef) {
	const navigate = useNavigate();
	return (
		<DangerZone
			kind="project"
			name={name}
			about={t`It must have no components any more.`}
			command={`cyto delete project ${name} --organization ${org}`}
			onDelete={async () => {
				await api.DELETE(PROJECT, { params: { path: path.project({ org, project: name }) } });
				await navigate({ to: "/orgs/$org", params: { org } });
			}}
		>
			<Trans>Its name can be used anew afterwards.</Trans>
		</DangerZone>
	);
}
