import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";

/** Pages beside each other. Its children are links. Where not all have room, the one that is open is in sight. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
	const nav = useRef<HTMLElement>(null);
	const where = useLocation({ select: (it) => it.pathname });
	useEffect(() => {
		const open = nav.current?.querySelector<HTMLElement>(`[aria-current="page"]`);
		if (nav.current && open)
			nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.offsetWidth) / 2;
	}, [where]);
	return (
		<nav ref={nav} className="tabs" aria-label={label}>
			{children}
		</nav>
	);
}
