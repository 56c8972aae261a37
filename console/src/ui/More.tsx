import { useEffect, useRef } from "react";
import { Button } from "./Button";

/** What follows of a list: read by itself when its end comes near, or when somebody asks for it. */
export function More({
	query: { hasNextPage, isFetchingNextPage, fetchNextPage },
	children,
}: {
	query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
	/** What the button says. */
	children: string;
}) {
	const end = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!hasNextPage || isFetchingNextPage || !end.current) return;
		const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), {
			rootMargin: "600px",
		});
		watch.observe(end.current);
		return () => watch.disconnect();
	}, [hasNextPage, isFetchingNextPage, fetchNextPage]);
	if (!hasNextPage) return null;
	return (
		<div ref={end}>
			<Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
				{children}
			</Button>
		</div>
	);
}
