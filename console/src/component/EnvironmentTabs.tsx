import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";

/** Chooses the environment; the choice is in the address. */
export function EnvironmentTabs({ environments, current }: { environments: string[]; current: string }) {
	return (
		<nav className="segments" aria-label={t`Environment`}>
			{environments.map((it) => (
				<Link
					key={it}
					to="."
					search={(before) => ({ ...before, environment: it })}
					aria-current={it === current ? "true" : undefined}
					activeProps={{}}
				>
					{it}
				</Link>
			))}
		</nav>
	);
}
