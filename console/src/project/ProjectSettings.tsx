import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data, ifMatch } from "../api/client";
import { keys, type ProjectRef, path, pipelines, project } from "../api/queries";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Dialog";
import { SelectField, TextField } from "../ui/Field";
import { Panel, Section } from "../ui/Page";
import { useAct } from "../ui/useAct";
import { ProjectHeader } from "./ProjectHeader";

const PROJECT = "/api/v1/organizations/{organization}/projects/{project}";

export function ProjectSettings(ref: ProjectRef) {
	const { data: it } = useSuspenseQuery(project(ref));
	return (
		<div className="page">
			<ProjectHeader {...ref} page="Settings" />
			<General key={it.version} {...ref} />
			<Danger {...ref} />
		</div>
	);
}

function General(ref: ProjectRef) {
	const { data: it } = useSuspenseQuery(project(ref));
	const { data: paths } = useSuspenseQuery(pipelines(ref.org));
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
		done: () => "Saved",
	});
	return (
		<Section title="General" id="general">
			<form
				className="form"
				onSubmit={(event) => {
					event.preventDefault();
					void act();
				}}
			>
				<TextField
					label="Display name"
					value={displayName}
					onChange={(e) => setDisplayName(e.target.value)}
					wrong={wrong("displayName")}
				/>
				<TextField
					label="Description"
					value={description}
					onChange={(e) => setDescription(e.target.value)}
					wrong={wrong("description")}
				/>
				<SelectField
					label="Deployment pipeline"
					value={pipeline}
					onChange={(e) => setPipeline(e.target.value)}
					hint={paths.find((p) => p.name === pipeline)?.stages.join(" → ")}
					wrong={wrong("pipeline") ?? trouble}
				>
					{paths.map((p) => (
						<option key={p.name}>{p.name}</option>
					))}
				</SelectField>
				<div className="form-actions">
					<Button type="submit" look="primary" busy={busy}>
						Save
					</Button>
				</div>
			</form>
		</Section>
	);
}

function Danger({ org, project: name }: ProjectRef) {
	const navigate = useNavigate();
	const [asked, setAsked] = useState(false);
	return (
		<Section title="Danger zone" id="danger">
			<Panel className="danger">
				<div>
					<h3>Delete this project</h3>
					<p className="dim">It must have no components any more.</p>
				</div>
				<Button look="danger" onClick={() => setAsked(true)}>
					Delete project
				</Button>
			</Panel>
			<Confirm
				open={asked}
				onClose={() => setAsked(false)}
				title={`Delete ${name}?`}
				typed={name}
				action="Delete project"
				command={`cyto delete project ${name} --organization ${org}`}
				onConfirm={async () => {
					await api.DELETE(PROJECT, { params: { path: path.project({ org, project: name }) } });
					await navigate({ to: "/orgs/$org", params: { org } });
				}}
			>
				<p>
					Its name can be used anew afterwards. <strong>This cannot be undone.</strong>
				</p>
			</Confirm>
		</Section>
	);
}
