import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { OrganizationEvent } from "../live/affected";
import { useOrganizationEvent } from "../live/OrganizationEvents";
import { stream } from "../live/stream";
import { Empty, Skeleton } from "../ui/Page";
import { Dot } from "../ui/Status";
import { Time } from "../ui/Time";
import { latest, tell } from "./tell";
import "./overview.css";

const SHOWN = 30;

/** What changed lately, the newest first; grows while one looks. */
export function Changes({ org, project }: { org: string; project?: string }) {
	const [events, setEvents] = useState<OrganizationEvent[]>();
	const mine = (it: OrganizationEvent) => !project || it.subject.split("/")[1] === project;

	// The feed is short-lived reading of the past: from the first event on, until it has caught up.
	useEffect(() => {
		setEvents(undefined);
		const found: OrganizationEvent[] = [];
		let quiet: ReturnType<typeof setTimeout>;
		const settle = () => {
			end();
			setEvents(found.slice(-400).reverse());
		};
		const end = stream(`/api/v1/organizations/${encodeURIComponent(org)}/events`, {
			after: "0",
			onState: (state) => {
				if (state === "open") quiet = setTimeout(settle, 600);
			},
			onEvent: ({ data }) => {
				found.push(JSON.parse(data) as OrganizationEvent);
				clearTimeout(quiet);
				quiet = setTimeout(settle, 150);
			},
		});
		return () => {
			clearTimeout(quiet);
			end();
		};
	}, [org]);
	useOrganizationEvent((event) => setEvents((before) => before && [event, ...before].slice(0, 400)));

	if (!events) return <Skeleton rows={6} height={28} />;
	const rows = latest(events.filter(mine))
		.flatMap((event) => {
			const told = tell(event);
			return told ? [{ event, told }] : [];
		})
		.slice(0, SHOWN);
	if (rows.length === 0) return <Empty title="Nothing has happened yet" />;
	return (
		<ol className="changes" aria-label="What changed">
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
	);
}
