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
import "./build.css";

const STAGES: Record<string, string> = {
	CHECKOUT: "Check out",
	DETECT: "Detect",
	BUILD: "Build",
	PACKAGE: "Package",
	RELEASE: "Release",
};

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
		done: () => "The build is cancelled",
	});
	useTitle(`Build ${it.status.toLowerCase()} of ${ref.project}/${ref.component}`);

	return (
		<Section
			title={
				<span className="build-title">
					<Status state={it.status} label={`Build ${wordOf(it.status).toLowerCase()}`} />
				</span>
			}
			actions={
				<>
					<Cli command={`cyto build log ${ref.project}/${ref.component} ${id} --follow`} />
					{running && allowed.develop && (
						<Button small icon={<CircleStop />} busy={busy} onClick={() => void cancel()}>
							Cancel
						</Button>
					)}
					{!running && allowed.develop && <BuildNow {...ref} small />}
				</>
			}
		>
			<ol className="stages" aria-label="Stages">
				{it.stages.map((stage) => (
					<li key={stage.name} className={`stage stage-${stage.status.toLowerCase()}`}>
						<Dot tone={toneOf(stage.status)} moves={stage.status === "RUNNING"} />
						<span>{STAGES[stage.name] ?? stage.name}</span>
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
							<Status state={deployment.status} label={`${wordOf(deployment.status)} in ${deployment.environment}`} />
							<span className="dim build-message">{deployment.status !== "LIVE" && deployment.message}</span>
							{deployment.status === "LIVE" && deployment.urls[0] && (
								<a
									className="button button-primary button-small"
									href={deployment.urls[0]}
									target="_blank"
									rel="noreferrer"
								>
									Open it <ExternalLink aria-label="in a new tab" />
								</a>
							)}
						</>
					) : (
						<span>Released. It is not deployed by itself.</span>
					)}
					<Link
						to="/orgs/$org/projects/$project/components/$component"
						params={ref}
						className="button button-plain button-small"
					>
						Deployments
					</Link>
				</Panel>
			)}
			<LogView
				lines={lines}
				label="Build log"
				name={`${ref.component}-${id}.log`}
				running={running}
				empty={
					ended ? "It wrote nothing." : it.status === "QUEUED" ? "Waiting for its turn." : "Waiting for the first line."
				}
			/>
			<Panel className="panel-pad">
				<Facts>
					<Fact name="Commit">
						{it.commit ? <Id text={it.commit} short={it.commit.slice(0, 12)} what="commit" /> : "An uploaded folder"}
					</Fact>
					<Fact name="Branch">{it.branch ?? "–"}</Fact>
					<Fact name="Built with">{it.builder ?? "not known yet"}</Fact>
					<Fact name="Release">{it.release ? <Id text={it.release} what="release" /> : "–"}</Fact>
					<Fact name="Begun by">
						{it.createdBy}, {it.trigger.toLowerCase()}
					</Fact>
					<Fact name="Queued">
						<Time at={it.createdAt} />
					</Fact>
					{it.attempt > 1 && (
						<Fact name="Attempt">
							<RotateCw aria-hidden className="inline-icon" /> {it.attempt}
						</Fact>
					)}
				</Facts>
			</Panel>
		</Section>
	);
}
