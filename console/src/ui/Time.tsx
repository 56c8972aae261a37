import { Trans } from "@lingui/react/macro";
import { absolute, duration, relative } from "../lib/time";
import { useNow } from "../live/OrganizationEvents";

/** When something was: how long ago, and exactly on hover. */
export function Time({ at }: { at: string | null | undefined }) {
	const now = useNow(10_000);
	if (!at)
		return (
			<span className="dim">
				<Trans>never</Trans>
			</span>
		);
	const time = new Date(at);
	return (
		<time dateTime={at} title={absolute(time)} className="nowrap">
			{relative(time, Math.max(now, Date.now()))}
		</time>
	);
}

/** How long something took, or has taken until now. */
export function Took({ from, to }: { from: string | null | undefined; to: string | null | undefined }) {
	const now = useNow(1000);
	if (!from) return <span className="dim">–</span>;
	return (
		<span className="nowrap">{duration((to ? Date.parse(to) : Math.max(now, Date.now())) - Date.parse(from))}</span>
	);
}
