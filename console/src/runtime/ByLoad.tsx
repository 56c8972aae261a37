import { plural } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { cell } from "../api/cellQueries";
import type { ComponentRef } from "../api/queries";

/** How many instances are wanted and why, where their load decides. */
export function ByLoad({ environment, ...ref }: ComponentRef & { environment: string }) {
	const { data: view } = useSuspenseQuery(cell(ref, environment));
	const load = view.document.spec.components.find((it) => it.name === ref.component)?.autoscaling;
	if (!load) return null;
	const seen = view.status?.components.find((it) => it.name === ref.component)?.autoscaling;
	return (
		<p className={seen && !seen.active ? "tone-warn" : "dim"}>
			<Trans>
				{load.minInstances} to {load.maxInstances} instances, by load.
			</Trans>{" "}
			{seen && `${plural(seen.wanted, { one: "# is wanted now", other: "# are wanted now" })}: ${seen.message}.`}
		</p>
	);
}
