import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { ArrowRight, Undo2 } from "lucide-react";
import type { Schema } from "../api/client";
import { Button } from "../ui/Button";
import { Id } from "../ui/Copy";
import { Status } from "../ui/Status";
import { Time } from "../ui/Time";
import type { Lane } from "./board";

/** What is live in an environment, or on its way there; one step on or back. */
export function Ticket({
	lane: { environment, serving, before },
	current,
	next,
	same,
	instances,
	allowed,
	onPromote,
	onRollback,
}: {
	lane: Lane;
	current: Schema["DeploymentView"];
	/** The environment that comes next in the pipeline. */
	next: string | undefined;
	/** That one runs the same release already. */
	same: boolean;
	instances: { phase: string }[];
	allowed: boolean;
	onPromote: (to: string) => void;
	onRollback: (to: Schema["DeploymentView"]) => void;
}) {
	const ready = instances.filter((it) => it.phase === "READY").length;
	return (
		<div
			className="ticket"
			draggable={allowed && !!next && current.status === "LIVE"}
			onDragStart={(event) => {
				event.dataTransfer.setData(`cytoplane/${environment}`, current.release);
				event.dataTransfer.effectAllowed = "move";
			}}
		>
			<div className="ticket-head">
				<Status state={current.status} />
				<Id text={current.release} what={t`release`} />
			</div>
			{current.status !== "LIVE" && (
				<p className={current.status === "FAILED" ? "ticket-bad" : "dim"}>{current.message}</p>
			)}
			{serving && (
				<p className="dim">
					<Trans>
						<code>{serving.release}</code> still serves.
					</Trans>
				</p>
			)}
			<dl>
				<div>
					<dt>
						<Trans>Since</Trans>
					</dt>
					<dd>
						<Time at={current.updatedAt} />
					</dd>
				</div>
				<div>
					<dt>
						<Trans>By</Trans>
					</dt>
					<dd>{current.createdBy}</dd>
				</div>
				<div>
					<dt>
						<Trans>Instances</Trans>
					</dt>
					<dd>
						<Trans>
							{ready} of {instances.length} ready
						</Trans>
					</dd>
				</div>
			</dl>
			{current.urls[0] && (
				<a className="ticket-url link" href={current.urls[0]} target="_blank" rel="noreferrer">
					{current.urls[0].replace(/^https?:\/\//, "")}
				</a>
			)}
			{allowed && (
				<div className="ticket-actions">
					{next && (
						<Button
							small
							look={same ? "plain" : "primary"}
							icon={<ArrowRight />}
							disabled={current.status !== "LIVE" || same}
							title={same ? t`${next} runs this release already` : undefined}
							onClick={() => onPromote(next)}
						>
							{same ? t`In ${next} too` : t`Promote to ${next}`}
						</Button>
					)}
					{before && (
						<Button small look="quiet" icon={<Undo2 />} onClick={() => onRollback(before)}>
							<Trans>Roll back</Trans>
						</Button>
					)}
				</div>
			)}
		</div>
	);
}
