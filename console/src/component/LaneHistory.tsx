import type { Schema } from "../api/client";
import { Button } from "../ui/Button";
import { Status } from "../ui/Status";
import { Time } from "../ui/Time";
import type { Lane } from "./board";

/** What was live in an environment before, and the way back to it. */
export function LaneHistory({
	lane,
	allowed,
	onRollback,
}: {
	lane: Lane;
	allowed: boolean;
	onRollback: (to: Schema["DeploymentView"]) => void;
}) {
	return (
		<ol className="history">
			{lane.history.map((it, index) => (
				<li key={it.id}>
					<Status state={it.status} />
					<code>{it.release}</code>
					<span className="dim history-text">
						{it.kind.toLowerCase()} by {it.createdBy}
						{it.status === "FAILED" && `: ${it.message}`}
					</span>
					<Time at={it.createdAt} />
					{allowed && index > 0 && it.kind !== "UNDEPLOY" && it.status === "SUPERSEDED" ? (
						<Button small look="quiet" onClick={() => onRollback(it)}>
							Back to this
						</Button>
					) : (
						<span />
					)}
				</li>
			))}
		</ol>
	);
}
