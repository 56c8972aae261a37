export type Tone = "good" | "warn" | "bad" | "info" | "none";

/** The platform's words for states, each with how it looks and how it is said. */
const STATES: Record<string, [Tone, string, boolean?]> = {
	LIVE: ["good", "Live"],
	READY: ["good", "Ready"],
	HEALTHY: ["good", "Healthy"],
	SUCCEEDED: ["good", "Succeeded"],
	CONNECTED: ["good", "Connected"],
	BUILD_QUEUED: ["good", "Build queued"],
	PENDING: ["info", "Pending", true],
	QUEUED: ["info", "Queued", true],
	RUNNING: ["info", "Running", true],
	PROGRESSING: ["info", "Progressing", true],
	STARTING: ["info", "Starting", true],
	STOPPING: ["info", "Stopping", true],
	DEGRADED: ["warn", "Degraded"],
	UNREADY: ["warn", "Not ready"],
	BACKING_OFF: ["bad", "Backing off"],
	UNHEALTHY: ["bad", "Unhealthy"],
	FAILED: ["bad", "Failed"],
	DISCONNECTED: ["bad", "Disconnected"],
	CANCELLED: ["none", "Cancelled"],
	SUPERSEDED: ["none", "Superseded"],
	REMOVED: ["none", "Removed"],
	SKIPPED: ["none", "Skipped"],
	UNKNOWN: ["none", "Unknown"],
	IGNORED: ["none", "Ignored"],
	PONG: ["none", "Pong"],
	NONE: ["none", "Not deployed"],
};

export const toneOf = (state: string): Tone => STATES[state]?.[0] ?? "none";
export const wordOf = (state: string): string => STATES[state]?.[1] ?? state;

/** A state: a shape, a colour and a word, so that none of them is needed to know it. */
export function Status({ state, label, quiet }: { state: string; label?: string; quiet?: boolean }) {
	const [tone, word, moves] = STATES[state] ?? ["none", state];
	return (
		<span className={`status tone-${tone} ${quiet ? "status-quiet" : ""}`}>
			<Dot tone={tone} moves={moves} />
			{label ?? word}
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
