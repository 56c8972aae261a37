import type { ReactNode } from "react";

/** Pages beside each other. Its children are links. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
	return (
		<nav className="tabs" aria-label={label}>
			{children}
		</nav>
	);
}
