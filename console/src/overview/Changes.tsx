import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { activity } from "../api/queries";
import type { OrganizationEvent } from "../live/affected";
import { useOrganizationEvent } from "../live/OrganizationEvents";
import { Button } from "../ui/Button";
import { Empty, Failed, Skeleton } from "../ui/Page";
import { Dot } from "../ui/Status";
import { Time } from "../ui/Time";
import { latest, tell } from "./tell";
import "./overview.css";

interface Pages {
	items: OrganizationEvent[];
	nextCursor?: string | null;
}

/** What changed lately, the newest first; grows at its head while one looks, and at its end when asked to. */
export function Changes({ org, project }: { org: string; project?: string }) {
	const client = useQueryClient();
	const query = activity(org, project ? { project } : {});
	const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(query);

	useOrganizationEvent((event) => {
		if (project && event.subject.split("/")[1] !== project) return;
		client.setQueryData<InfiniteData<Pages>>(query.queryKey as readonly unknown[], (before) => {
			const [first, ...rest] = before?.pages ?? [];
			if (!before || !first || first.items.some((it) => it.sequence >= event.sequence)) return before;
			return { ...before, pages: [{ ...first, items: [event, ...first.items] }, ...rest] };
		});
	});

	if (error && !data) return <Failed failure={error} retry={() => void refetch()} />;
	if (!data) return <Skeleton rows={6} height={28} />;
	const rows = latest(data.pages.flatMap((it) => it.items as OrganizationEvent[])).flatMap((event) => {
		const told = tell(event);
		return told ? [{ event, told }] : [];
	});
	if (rows.length === 0) return <Empty title={t`Nothing has happened yet`} />;
	return (
		<>
			<ol className="changes" aria-label={t`What changed`}>
				{rows.map(({ event, told }) => (
					<li key={event.sequence}>
						<Dot tone={told.tone} />
						<div>
							<span className="changes-what">{told.what}</span>
							{told.to ? (
								<Link to={told.to} className="changes-text">
									{told.text}
								</Link>
							) : (
								<span className="changes-text">{told.text}</span>
							)}
						</div>
						<Time at={event.time} />
					</li>
				))}
			</ol>
			{hasNextPage && (
				<div className="form-actions">
					<Button small busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
						<Trans>Older changes</Trans>
					</Button>
				</div>
			)}
		</>
	);
}
