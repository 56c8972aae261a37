import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
export type Tone = "good" | "warn" | "bad" | "info" | "none";

/** The platform's words for states, each with how it looks and how it is said. */
const STATES: Record<string, [Tone, MessageDescriptor, boolean?]> = {
	LIVE: ["good", msg`Live`],
	READY: ["good", msg`Ready`],
	HEALTHY: ["good", msg`Healthy`],
	SUCCEEDED: ["good", msg`Succeeded`],
	CONNECTED: ["good", msg`Connected`],
	BUILD_QUEUED: ["good", msg`Build queued`],
	PENDING: ["info", msg`Pending`, true],
	QUEUED: ["info", msg`Queued`, true],
	RUNNING: ["info", msg`Running`, true],
	PROGRESSING: ["info", msg`Progressing`, true],
	STARTING: ["info", msg`Starting`, true],
	STOPPING: ["info", msg`Stopping`, true],
	DEGRADED: ["warn", msg`Degraded`],
	UNREADY: ["warn", msg`Not ready`],
	BACKING_OFF: ["bad", msg`Backing off`],
	UNHEALTHY: ["bad", msg`Unhealthy`],
	FAILED: ["bad", msg`Failed`],
	DISCONNECTED: ["bad", msg`Disconnected`],
	CANCELLED: ["none", msg`Cancelled`],
	SUPERSEDED: ["none", msg`Superseded`],
	REMOVED: ["none", msg`Removed`],
	SKIPPED: ["none", msg`Skipped`],
	UNKNOWN: ["none", msg`Unknown`],
	IGNORED: ["none", msg`Ignored`],
	PONG: ["none", msg`Pong`],
	NONE: ["none", msg`Not deployed`],
};

export const toneOf = (state: string): Tone => STATES[state]?.[0] ?? "none";
export const wordOf = (state: string): string => {
	const word = STATES[state]?.[1];
	return word ? i18n._(word) : state;
};

/** A state: a shape, a colour and a word, so that none of them is needed to know it. */
export function Status({ state, label, quiet }: { state: string; label?: string; quiet?: boolean }) {
	const [tone, , moves] = STATES[state] ?? ["none"];
	return (
		<span className={`status tone-${tone} ${quiet ? "status-quiet" : ""}`}>
			<Dot tone={tone} moves={moves} />
			{label ?? wordOf(state)}
		</span>
	);
}

export function Dot({ tone, moves }: { tone: Tone; moves?: boolean | undefined }) {
	return (
		<svg className={`dot tone-${tone} ${moves ? "dot-moves" : ""}`} viewBox="0 0 12 12" aria-hidden focusable="false">
			{tone === "good" && <circle cx="6" cy="6" r="4" fill="currentColor" />}
			{tone === "info" && (
				<circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="15 8" />
			)}
			{tone === "warn" && <path d="M6 1.6 11 10.4H1z" fill="currentColor" />}
			{tone === "bad" && <path d="M6 1 11 6 6 11 1 6z" fill="currentColor" />}
			{tone === "none" && <circle cx="6" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.5" />}
		</svg>
	);
}

export function Badge({ children, tone = "none" }: { children: React.ReactNode; tone?: Tone | "accent" }) {
	return <span className={`badge badge-${tone}`}>{children}</span>;
}
