import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { environments, keys, path, pipelines, projects } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { Confirm } from "../ui/Dialog";
import { TextField } from "../ui/Field";
import { MenuItem } from "../ui/Menu";
import { Empty, Panel, Section } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import { defaultFirst } from "./order";
import { Stages, StagesEditor } from "./Stages";
import "./pipelines.css";

const PIPELINES = "/api/v1/organizations/{organization}/pipelines";

/** The ways that releases take through environments: drawn, and changed where they are drawn. */
export function Pipelines({ org }: { org: string }) {
	const { data: list } = useSuspenseQuery(pipelines(org));
	const allowed = useAllowed(org);
	const [making, setMaking] = useState(false);
	return (
		<Section
			title={t`Deployment pipelines`}
			id="pipelines"
			hint={t`A release is promoted from one stage to the next. Each project follows one pipeline.`}
			actions={
				allowed.manage &&
				!making && (
					<Button icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
						<Trans>New pipeline</Trans>
					</Button>
				)
			}
		>
			{making && <NewPipeline org={org} onClose={() => setMaking(false)} />}
			{defaultFirst(list).map((it) => (
				<Pipeline key={it.name} org={org} it={it} />
			))}
			{list.length === 0 && !making && (
				<Empty title={t`No pipelines`}>
					<Trans>A project needs one to know where its releases go.</Trans>
				</Empty>
			)}
		</Section>
	);
}

function Pipeline({ org, it }: { org: string; it: Schema["Pipeline"] }) {
	const allowed = useAllowed(org);
	const client = useQueryClient();
	const { data: places } = useSuspenseQuery(environments(org));
	const { data: users } = useSuspenseQuery(projects(org));
	const [stages, setStages] = useState<string[]>();
	const [asked, setAsked] = useState(false);
	const refresh = [[...keys.org(org), "pipelines"]];
	const at = { ...path.org(org), pipeline: it.name };
	const replace = (current: { version: number }, next: string[]) =>
		data(
			api.PUT(`${PIPELINES}/{pipeline}`, {
				params: { path: at, header: ifMatch(current) },
				body: { stages: next },
			}),
		);
	const { act, busy, trouble, wrong } = useAct({
		inForm: true,
		run: (next: string[]) => replace(it, next),
		refresh,
		done: (changed: Schema["Pipeline"]) => ({
			title: t`Changed the pipeline ${it.name}`,
			undo: async () => {
				await replace(changed, it.stages);
				await client.invalidateQueries({ queryKey: refresh[0]! });
			},
		}),
	});
	const following = users.filter((project) => project.pipeline === it.name).map((project) => project.name);
	return (
		<Panel className="pipeline">
			<div className="pipeline-head">
				<h3 id={`pipeline-${it.name}`}>{it.name}</h3>
				<span className="dim pipeline-users">
					{following.length === 0 ? t`No project follows it` : t`Followed by ${following.join(", ")}`}
				</span>
				{allowed.manage && !stages && (
					<div className="page-actions">
						<Button small onClick={() => setStages(it.stages)}>
							<Trans>Change stages</Trans>
						</Button>
						<RowMenu of={t`the pipeline ${it.name}`}>
							<MenuItem danger onClick={() => setAsked(true)}>
								<Trans>Delete</Trans>
							</MenuItem>
						</RowMenu>
					</div>
				)}
			</div>
			{stages ? (
				<form
					className="pipeline-form"
					onSubmit={async (event) => {
						event.preventDefault();
						if (await act(stages)) setStages(undefined);
					}}
				>
					<StagesEditor label={t`Stages of ${it.name}`} places={places} stages={stages} onChange={setStages} />
					<Wrong text={wrong("stages") ?? trouble} />
					<div className="form-actions">
						<Button type="submit" look="primary" busy={busy} disabled={stages.length === 0}>
							<Trans>Save stages</Trans>
						</Button>
						<Button onClick={() => setStages(undefined)}>
							<Trans>Cancel</Trans>
						</Button>
						<Cli command={`cyto update pipeline ${it.name} ${stages.join(" ")} --organization ${org}`} />
					</div>
				</form>
			) : (
				<Stages label={t`Stages of ${it.name}`} places={places} stages={it.stages} />
			)}
			<Confirm
				open={asked}
				onClose={() => setAsked(false)}
				title={t`Delete the pipeline ${it.name}?`}
				action={t`Delete pipeline`}
				typed={it.name}
				command={`cyto delete pipeline ${it.name} --organization ${org}`}
				onConfirm={async () => {
					await api.DELETE(`${PIPELINES}/{pipeline}`, { params: { path: at } });
					await client.invalidateQueries({ queryKey: refresh[0]! });
				}}
			>
				<p>
					<Trans>No project may follow it any more. What runs in its environments goes on.</Trans>
				</p>
			</Confirm>
		</Panel>
	);
}

function NewPipeline({ org, onClose }: { org: string; onClose: () => void }) {
	const { data: places } = useSuspenseQuery(environments(org));
	const [name, setName] = useState("");
	const [stages, setStages] = useState<string[]>([]);
	const { act, busy, trouble, wrong } = useAct({
		inForm: true,
		run: () => data(api.POST(PIPELINES, { params: { path: path.org(org) }, body: { name, stages } })),
		refresh: [[...keys.org(org), "pipelines"]],
		done: () => t`Created the pipeline ${name}`,
	});
	return (
		<Panel className="pipeline">
			<form
				className="pipeline-form"
				aria-label={t`New pipeline`}
				onSubmit={async (event) => {
					event.preventDefault();
					if (await act()) onClose();
				}}
			>
				<div className="pipeline-name">
					<TextField
						label={t`Name`}
						value={name}
						onChange={(e) => setName(e.target.value)}
						wrong={wrong("name")}
						autoFocus
						required
					/>
				</div>
				<StagesEditor label={t`Stages`} places={places} stages={stages} onChange={setStages} />
				<Wrong text={wrong("stages") ?? trouble} />
				<div className="form-actions">
					<Button type="submit" look="primary" busy={busy} disabled={!name || stages.length === 0}>
						<Trans>Create pipeline</Trans>
					</Button>
					<Button onClick={onClose}>
						<Trans>Cancel</Trans>
					</Button>
					<Cli
						command={`cyto create pipeline ${name || "NAME"} ${stages.join(" ") || "ENVIRONMENT"} --organization ${org}`}
					/>
				</div>
			</form>
		</Panel>
	);
}
