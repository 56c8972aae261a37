import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleStop, ExternalLink, RotateCw } from "lucide-react";
import { api, data } from "../api/client";
import { build, type ComponentRef, deployments, keys, path } from "../api/queries";
import { BuildNow } from "../component/BuildNow";
import { LogView } from "../log/LogView";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli, Id } from "../ui/Copy";
import { Fact, Facts, Panel, Section, useTitle } from "../ui/Page";
import { Dot, Status, toneOf, wordOf } from "../ui/Status";
import { Time, Took } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import { useBuildLog } from "./useBuildLog";
import { STAGES, TRIGGERS } from "./words";
import "./build.css";

/** One build while it runs and after: stages, log, and what came of it. */
export function BuildPage({ id, ...ref }: ComponentRef & { id: string }) {
	const { data: it } = useSuspenseQuery(build(ref, id));
	const { lines, ended } = useBuildLog(ref, id);
	const allowed = useAllowed(ref.org);
	const running = it.status === "QUEUED" || it.status === "RUNNING";
	const deployed = useQuery({ ...deployments(ref), enabled: it.status === "SUCCEEDED" });
	const deployment =
		deployed.data?.find((d) => d.id === it.deployment) ?? deployed.data?.find((d) => d.release === it.release);
	const { act: cancel, busy } = useAct({
		run: () =>
			data(
				api.POST(
					"/api/v1/organizations/{organization}/projects/{project}/components/{component}/builds/{build}/cancel",
					{
						params: { path: { ...path.component(ref), build: id } },
					},
				),
			),
		refresh: [[...keys.component(ref), "builds"]],
		done: () => t`The build is cancelled`,
	});
	useTitle(t`Build ${wordOf(it.status).toLowerCase()} of ${ref.project}/${ref.component}`);

	return (
		<Section
			title={
				<span className="build-title">
					<Status state={it.status} label={t`Build ${wordOf(it.status).toLowerCase()}`} />
				</span>
			}
			actions={
				<>
					<Cli command={`cyto build log ${ref.project}/${ref.component} ${id} --follow`} />
					{running && allowed.develop && (
						<Button small icon={<CircleStop />} busy={busy} onClick={() => void cancel()}>
							<Trans>Cancel</Trans>
						</Button>
					)}
					{!running && allowed.develop && <BuildNow {...ref} small />}
				</>
			}
		>
			<ol className="build-stages" aria-label={t`Stages`}>
				{it.stages.map((stage) => (
					<li key={stage.name} className={`build-stage build-stage-${stage.status.toLowerCase()}`}>
						<Dot tone={toneOf(stage.status)} moves={stage.status === "RUNNING"} />
						<span>{i18n._(STAGES[stage.name])}</span>
						<span className="visually-hidden">{wordOf(stage.status)}</span>
						<span className="dim">{stage.startedAt ? <Took from={stage.startedAt} to={stage.finishedAt} /> : ""}</span>
					</li>
				))}
			</ol>
			<Wrong text={it.error} />
			{it.status === "SUCCEEDED" && (
				<Panel className="panel-pad build-end">
					{deployment ? (
						<>
							<Status state={deployment.status} label={t`${wordOf(deployment.status)} in ${deployment.environment}`} />
							<span className="dim build-message">{deployment.status !== "LIVE" && deployment.message}</span>
							{deployment.status === "LIVE" && deployment.urls[0] && (
								<a
									className="button button-primary button-small"
									href={deployment.urls[0]}
									target="_blank"
									rel="noreferrer"
								>
									<Trans>Open it</Trans> <ExternalLink aria-label={t`in a new tab`} />
								</a>
							)}
						</>
					) : (
						<span>
							<Trans>Released. It is not deployed by itself.</Trans>
						</span>
					)}
					<Link
						to="/orgs/$org/projects/$project/components/$component"
						params={ref}
						className="button button-plain button-small"
					>
						<Trans>Deployments</Trans>
					</Link>
				</Panel>
			)}
			<LogView
				lines={lines}
				label={t`Build log`}
				name={`${ref.component}-${id}.log`}
				running={running}
				empty={
					ended
						? t`It wrote nothing.`
						: it.status === "QUEUED"
							? t`Waiting for its turn.`
							: t`Waiting for the first line.`
				}
			/>
			<Panel className="panel-pad">
				<Facts>
					<Fact name={t`Commit`}>
						{it.commit ? (
							<Id text={it.commit} short={it.commit.slice(0, 12)} what={t`commit`} />
						) : (
							t`An uploaded folder`
						)}
					</Fact>
					<Fact name={t`Branch`}>{it.branch ?? "–"}</Fact>
					<Fact name={t`Built with`}>{it.builder ?? t`not known yet`}</Fact>
					<Fact name={t`Release`}>{it.release ? <Id text={it.release} what={t`release`} /> : "–"}</Fact>
					<Fact name={t`Begun by`}>
						{it.createdBy}, {i18n._(TRIGGERS[it.trigger])}
					</Fact>
					<Fact name={t`Queued`}>
						<Time at={it.createdAt} />
					</Fact>
					{it.attempt > 1 && (
						<Fact name={t`Attempt`}>
							<RotateCw aria-hidden className="inline-icon" /> {it.attempt}
						</Fact>
					)}
				</Facts>
			</Panel>
		</Section>
	);
}
