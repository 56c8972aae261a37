import { i18n } from "@lingui/core";
import { Trans } from "@lingui/react/macro";
import type { Schema } from "../api/client";
import { Button } from "../ui/Button";
import { Status } from "../ui/Status";
import { Time } from "../ui/Time";
import type { Lane } from "./board";
import { KINDS } from "./words";

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
						<Trans>
							{i18n._(KINDS[it.kind])} by {it.createdBy}
						</Trans>
						{it.status === "FAILED" && `: ${it.message}`}
					</span>
					<Time at={it.createdAt} />
					{allowed && index > 0 && it.kind !== "UNDEPLOY" && it.status === "SUPERSEDED" ? (
						<Button small look="quiet" onClick={() => onRollback(it)}>
							<Trans>Back to this</Trans>
						</Button>
					) : (
						<span />
					)}
				</li>
			))}
		</ol>
	);
}
