import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data } from "../api/client";
import { keys, path, pipelines } from "../api/queries";
import { PipelineField } from "../environment/PipelineField";
import { asName, nameHint } from "../lib/names";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";

export function NewProject({ org }: { org: string }) {
	const navigate = useNavigate();
	const { data: paths } = useSuspenseQuery(pipelines(org));
	const [displayName, setDisplayName] = useState("");
	const [typed, setTyped] = useState<string>();
	const [description, setDescription] = useState("");
	const [pipeline, setPipeline] = useState(paths[0]?.name ?? "default");
	const name = typed ?? asName(displayName);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.POST("/api/v1/organizations/{organization}/projects", {
					params: { path: path.org(org) },
					body: { name, displayName: displayName || null, description: description || null, pipeline },
				}),
			),
		refresh: [[...keys.org(org), "projects"]],
	});
	return (
		<form
			className="form"
			onSubmit={async (event) => {
				event.preventDefault();
				if (await act()) {
					await navigate({ to: "/orgs/$org/projects/$project/new-component", params: { org, project: name } });
				}
			}}
		>
			<TextField
				label={t`What is it called?`}
				value={displayName}
				onChange={(event) => setDisplayName(event.target.value)}
				wrong={wrong("displayName")}
				placeholder={t`Storefront`}
				autoFocus
				required
			/>
			<TextField
				label={t`Name in addresses`}
				value={name}
				onChange={(event) => setTyped(event.target.value)}
				hint={nameHint()}
				wrong={wrong("name") ?? trouble}
				required
			/>
			<TextField
				label={t`What is it for?`}
				value={description}
				onChange={(event) => setDescription(event.target.value)}
				wrong={wrong("description")}
			/>
			<PipelineField org={org} value={pipeline} onChange={setPipeline} wrong={wrong("pipeline")} />
			<div className="form-actions">
				<Button type="submit" look="primary" busy={busy} disabled={!name}>
					<Trans>Create project</Trans>
				</Button>
				<Cli command={`cyto create project ${name || "NAME"} --organization ${org}`} />
			</div>
		</form>
	);
}
