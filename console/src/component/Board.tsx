import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { History, MoreHorizontal, Rocket, Trash2 } from "lucide-react";
import { type DragEvent, useState } from "react";
import { api, data, type Schema } from "../api/client";
import {
	COMPONENT,
	type ComponentRef,
	deployments,
	environments,
	instances,
	keys,
	path,
	pipelines,
	project,
	releases,
} from "../api/queries";
import { inOrder } from "../overview/health";
import { useAllowed } from "../session/useSession";
import { Button, IconButton } from "../ui/Button";
import { Confirm, Dialog } from "../ui/Dialog";
import { Menu, MenuItem } from "../ui/Menu";
import { Badge } from "../ui/Status";
import { Time } from "../ui/Time";
import { toast } from "../ui/toast";
import { useAct } from "../ui/useAct";
import { type Lane, lanes, nextStage } from "./board";
import { DeployRelease } from "./DeployRelease";
import { GetStarted } from "./GetStarted";
import { LaneHistory } from "./LaneHistory";
import { Ticket } from "./Ticket";
import "./board.css";

type Asked =
	| { do: "promote"; from: Lane; to: string }
	| { do: "rollback"; in: Lane; to: Schema["DeploymentView"] }
	| { do: "undeploy"; in: Lane }
	| { do: "deploy"; to: string }
	| { do: "history"; in: Lane };

/** The environments side by side, in the order of the pipeline: what is live, what is coming, one step on or back. */
export function Board(ref: ComponentRef) {
	const { data: about } = useSuspenseQuery(project(ref));
	const { data: places } = useSuspenseQuery(environments(ref.org));
	const { data: paths } = useSuspenseQuery(pipelines(ref.org));
	const { data: all } = useSuspenseQuery(deployments(ref));
	const { data: made } = useSuspenseQuery(releases(ref));
	const { data: running } = useSuspenseQuery(instances(ref));
	const allowed = useAllowed(ref.org);
	const [asked, setAsked] = useState<Asked>();
	const [over, setOver] = useState<string>();
	const close = () => setAsked(undefined);

	const stages = paths.find((it) => it.name === about.pipeline)?.stages ?? [];
	const used = inOrder(places, stages).filter(
		(it) => stages.includes(it.name) || all.some((d) => d.environment === it.name),
	);
	const board = lanes(
		used.map((it) => it.name),
		all,
	);
	const name = `${ref.project}/${ref.component}`;

	const send = {
		promote: (to: string, release?: string) =>
			data(
				api.POST(`${COMPONENT}/promotions`, {
					params: { path: path.component(ref) },
					body: { to, ...(release && { release }) },
				}),
			),
		rollback: (environment: string, deployment?: string) =>
			data(
				api.POST(`${COMPONENT}/rollbacks`, {
					params: { path: path.component(ref) },
					body: { environment, ...(deployment && { deployment }) },
				}),
			),
		undeploy: (environment: string) =>
			data(api.POST(`${COMPONENT}/undeployments`, { params: { path: path.component(ref) }, body: { environment } })),
		deploy: (environment: string, release: string) =>
			data(
				api.POST(`${COMPONENT}/deployments`, { params: { path: path.component(ref) }, body: { environment, release } }),
			),
	};
	const { act: promote } = useAct({
		run: (from: Lane, to: string) => send.promote(to, from.current?.release),
		refresh: [[...keys.component(ref), "deployments"]],
		done: (it, _, to) => ({
			title: t`${it.release} is on its way to ${to}`,
			...(board.find((lane) => lane.environment === to)?.current && {
				undo: () => send.rollback(to),
			}),
		}),
	});

	/** Production is asked for; the rest is done, and can be undone. */
	const wantPromotion = (from: Lane, to: string) => {
		if (used.find((it) => it.name === to)?.production) setAsked({ do: "promote", from, to });
		else void promote(from, to);
	};

	if (all.length === 0 && made.length === 0) return <GetStarted {...ref} />;

	return (
		<>
			<ol className="board" aria-label={t`Environments`}>
				{board.map((lane) => {
					const place = used.find((it) => it.name === lane.environment);
					const { current } = lane;
					const next = nextStage(stages, lane.environment);
					const nextLane = board.find((it) => it.environment === next);
					const same = nextLane?.current?.release === current?.release && nextLane?.current?.status === "LIVE";
					const mine = running.filter((it) => it.environment === lane.environment);
					return (
						<li
							key={lane.environment}
							className={`lane ${over === lane.environment ? "lane-over" : ""}`}
							aria-label={lane.environment}
							onDragOver={(event: DragEvent) => {
								const from = event.dataTransfer.types.find((it) => it.startsWith("cytoplane/"))?.slice(10);
								if (allowed.develop && from && nextStage(stages, from) === lane.environment) {
									event.preventDefault();
									setOver(lane.environment);
								}
							}}
							onDragLeave={() => setOver(undefined)}
							onDrop={(event: DragEvent) => {
								setOver(undefined);
								const from = event.dataTransfer.types.find((it) => it.startsWith("cytoplane/"))?.slice(10);
								const lane = board.find((it) => it.environment === from);
								const to = from && nextStage(stages, from);
								if (lane && to) wantPromotion(lane, to);
							}}
						>
							<header>
								<h2>{lane.environment}</h2>
								{place?.production && (
									<Badge tone="accent">
										<Trans>production</Trans>
									</Badge>
								)}
								<span className="lane-menu">
									{allowed.develop && (
										<Menu
											trigger={
												<IconButton label={t`More for ${lane.environment}`}>
													<MoreHorizontal />
												</IconButton>
											}
										>
											{stages[0] === lane.environment && (
												<MenuItem onClick={() => setAsked({ do: "deploy", to: lane.environment })}>
													<Rocket aria-hidden /> <Trans>Deploy a release</Trans>
												</MenuItem>
											)}
											<MenuItem
												onClick={() => setAsked({ do: "history", in: lane })}
												disabled={lane.history.length === 0}
											>
												<History aria-hidden /> <Trans>History</Trans>
											</MenuItem>
											<MenuItem danger disabled={!current} onClick={() => setAsked({ do: "undeploy", in: lane })}>
												<Trash2 aria-hidden /> <Trans>Take out of {lane.environment}</Trans>
											</MenuItem>
										</Menu>
									)}
								</span>
							</header>
							{current ? (
								<Ticket
									lane={lane}
									current={current}
									next={next}
									same={same}
									instances={mine}
									allowed={allowed.develop}
									onPromote={(to) => wantPromotion(lane, to)}
									onRollback={(to) => setAsked({ do: "rollback", in: lane, to })}
								/>
							) : (
								<div className="lane-empty">
									<p>
										<Trans>Nothing of it runs here.</Trans>
									</p>
									{allowed.develop && stages[0] === lane.environment && made.length > 0 && (
										<Button small onClick={() => setAsked({ do: "deploy", to: lane.environment })}>
											<Trans>Deploy a release</Trans>
										</Button>
									)}
								</div>
							)}
						</li>
					);
				})}
			</ol>

			<Confirm
				open={asked?.do === "promote"}
				onClose={close}
				title={asked?.do === "promote" ? t`Promote to ${asked.to}?` : ""}
				action={t`Promote`}
				command={asked?.do === "promote" ? `cyto promote ${name} --to ${asked.to}` : ""}
				onConfirm={async () => {
					if (asked?.do === "promote") await send.promote(asked.to, asked.from.current?.release);
					toast.done(t`The promotion is on its way`);
				}}
			>
				{asked?.do === "promote" && (
					<>
						<p>
							<Trans>
								<strong>{asked.from.current?.release}</strong> goes live in <strong>{asked.to}</strong>, which is marked
								as production, with the settings of {asked.to}.
							</Trans>
						</p>
						<p>
							<NowThere release={board.find((it) => it.environment === asked.to)?.current?.release} />
						</p>
					</>
				)}
			</Confirm>
			<Confirm
				open={asked?.do === "rollback"}
				onClose={close}
				title={asked?.do === "rollback" ? t`Roll back ${asked.in.environment}?` : ""}
				action={t`Roll back`}
				command={asked?.do === "rollback" ? `cyto rollback ${name} --environment ${asked.in.environment}` : ""}
				onConfirm={async () => {
					if (asked?.do === "rollback") await send.rollback(asked.in.environment, asked.to.id);
					toast.done(t`The rollback is on its way`);
				}}
			>
				{asked?.do === "rollback" && (
					<p>
						<Trans>
							From <strong>{asked.in.current?.release}</strong> to <strong>{asked.to.release}</strong> of{" "}
							<Time at={asked.to.createdAt} />, with the plain settings it had. Nothing is built.
						</Trans>
					</p>
				)}
			</Confirm>
			<Confirm
				open={asked?.do === "undeploy"}
				onClose={close}
				title={asked?.do === "undeploy" ? t`Take ${ref.component} out of ${asked.in.environment}?` : ""}
				action={t`Take out`}
				danger
				{...(asked?.do === "undeploy" &&
					used.find((it) => it.name === asked.in.environment)?.production && { typed: ref.component })}
				command={asked?.do === "undeploy" ? `cyto undeploy ${name} --environment ${asked.in.environment}` : ""}
				onConfirm={async () => {
					if (asked?.do === "undeploy") await send.undeploy(asked.in.environment);
					toast.done(t`It is being taken out`);
				}}
			>
				<p>
					<Trans>Its addresses there stop answering. Its releases stay, and can be deployed again.</Trans>
				</p>
			</Confirm>
			{asked?.do === "deploy" && (
				<DeployRelease
					environment={asked.to}
					releases={made}
					name={name}
					onClose={close}
					onDeploy={(release) => send.deploy(asked.to, release)}
				/>
			)}
			{asked?.do === "history" && (
				<Dialog open onClose={close} title={t`History of ${asked.in.environment}`} wide>
					<LaneHistory
						lane={asked.in}
						allowed={allowed.develop}
						onRollback={(to) => setAsked({ do: "rollback", in: asked.in, to })}
					/>
				</Dialog>
			)}
		</>
	);
}

function NowThere({ release }: { release: string | undefined }) {
	return release ? <Trans>Now there: {release}.</Trans> : <Trans>Now there: nothing.</Trans>;
}
