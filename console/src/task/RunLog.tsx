import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { CircleStop } from "lucide-react";
import type { Schema } from "../api/client";
import { api, data } from "../api/client";
import { COMPONENT, type ComponentRef, keys, path } from "../api/queries";
import { LogView } from "../log/LogView";
import { useLog } from "../runtime/useLog";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { Fact, Facts, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { Time, Took } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { isUnderWay, TRIGGERS } from "./words";

/** One run: what became of it, and what it wrote. */
export function RunLog({ run, ...ref }: ComponentRef & { run: Schema["RunView"] }) {
	const allowed = useAllowed(ref.org);
	const { act: cancel, busy } = useAct({
		run: () =>
			data(api.POST(`${COMPONENT}/runs/{run}/cancel`, { params: { path: { ...path.component(ref), run: run.id } } })),
		refresh: [[...keys.component(ref), "runs"]],
		done: () => t`The run is being cancelled`,
	});
	return (
		<Section
			title={<Status state={run.status} label={t`Run of ${ref.component}`} />}
			id="run"
			actions={
				<>
					<Cli
						command={`cyto task log ${ref.project}/${ref.component} ${run.id}${isUnderWay(run) ? " --follow" : ""}`}
					/>
					{isUnderWay(run) && allowed.develop && (
						<Button
							small
							icon={<CircleStop aria-hidden />}
							busy={busy}
							disabled={run.cancelRequested}
							onClick={() => void cancel()}
						>
							<Trans>Cancel</Trans>
						</Button>
					)}
				</>
			}
		>
			<Facts>
				<Fact name={t`State`}>
					<Status state={run.status} />
				</Fact>
				<Fact name={t`Trigger`}>{i18n._(TRIGGERS[run.trigger])}</Fact>
				<Fact name={t`By`}>{run.requestedBy}</Fact>
				{run.scheduledFor && (
					<Fact name={t`Due`}>
						<Time at={run.scheduledFor} />
					</Fact>
				)}
				{run.release && (
					<Fact name={t`Release`}>
						<code>{run.release}</code>
					</Fact>
				)}
				<Fact name={t`Took`}>
					<Took from={run.startedAt} to={run.endedAt} />
				</Fact>
				{run.attempts > 1 && <Fact name={t`Tries`}>{run.attempts}</Fact>}
				{run.exitCode != null && (
					<Fact name={t`Exit code`}>
						<code>{run.exitCode}</code>
					</Fact>
				)}
				{run.arguments.length > 0 && (
					<Fact name={t`Arguments`}>
						<code className="run-arguments">{run.arguments.join(" ")}</code>
					</Fact>
				)}
			</Facts>
			<p className={run.status === "FAILED" ? "run-message tone-bad" : "run-message dim"}>{run.message}</p>
			{run.instance ? (
				<Log key={run.id} {...ref} run={run} instance={run.instance} />
			) : (
				<p className="dim">
					<Trans>It has not begun, so it has written nothing.</Trans>
				</p>
			)}
		</Section>
	);
}

function Log({ run, instance, ...ref }: ComponentRef & { run: Schema["RunView"]; instance: string }) {
	const { lines, state, refused } = useLog(ref, run.environment, instance);
	return (
		<LogView
			lines={lines}
			label={t`Log of the run`}
			name={`${instance}.log`}
			running={isUnderWay(run)}
			tools={
				state === "lost" && (
					<span className="tone-bad" role="status">
						<Trans>Connection lost, trying again</Trans>
					</span>
				)
			}
			empty={
				refused ??
				(state === "open"
					? isUnderWay(run)
						? t`It has written nothing yet.`
						: t`It wrote nothing, or its log is not kept any more.`
					: t`Connecting.`)
			}
		/>
	);
}
