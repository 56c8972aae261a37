import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";
import type { Schema } from "../api/client";
import { duration } from "../lib/time";
import { useNow } from "../live/OrganizationEvents";
import { toneOf, wordOf } from "../ui/Status";
import { bars } from "./bars";

/** The last runs at a glance: how they ended and how long they took. The table below says the same in words. */
export function RunBars({ runs, current }: { runs: Schema["RunView"][]; current: string | undefined }) {
	const now = useNow(1000);
	const shown = bars(runs, Math.max(now, Date.now()));
	if (shown.length < 2) return null;
	return (
		<div className="run-bars" role="group" aria-label={t`How long the last runs took`}>
			{shown.map((it) => (
				<Link
					key={it.id}
					to="."
					search={(before) => ({ ...before, run: it.id })}
					className={`run-bar tone-${toneOf(it.status)}`}
					aria-current={it.id === current ? "true" : undefined}
					activeProps={{}}
					title={`${wordOf(it.status)}, ${duration(it.milliseconds)}`}
					aria-label={`${wordOf(it.status)}, ${duration(it.milliseconds)}`}
				>
					<span style={{ "--height": it.height } as React.CSSProperties} />
				</Link>
			))}
		</div>
	);
}
