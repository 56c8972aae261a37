import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Schema } from "../api/client";
import { type AuditFilter, audit } from "../api/queries";
import { absolute } from "../lib/time";
import { Button } from "../ui/Button";
import { Cli, CodeBlock, Id } from "../ui/Copy";
import { Dialog } from "../ui/Dialog";
import { Empty, Fact, Facts, Failed, PageHeader, Skeleton } from "../ui/Page";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { AuditFilters } from "./AuditFilters";
import { Chain } from "./Chain";
import { auditCommand, brief } from "./entries";
import "./audit.css";

export function AuditPage({ org, filter }: { org: string; filter: AuditFilter }) {
	const navigate = useNavigate();
	const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(audit(org, filter));
	const [shown, setShown] = useState<Schema["AuditEntry"]>();
	const entries = data?.pages.flatMap((it) => it.items) ?? [];
	const choose = (next: AuditFilter) => void navigate({ to: "/orgs/$org/audit", params: { org }, search: next });
	return (
		<div className="page">
			<PageHeader title="Audit" meta={<span>Every write in this organization, and who made it.</span>} />
			<Chain org={org} />
			<AuditFilters key={JSON.stringify(filter)} filter={filter} onChange={choose} />
			{error && !data && <Failed failure={error} retry={() => void refetch()} />}
			{!data && !error && <Skeleton rows={8} />}
			{data && (
				<Table
					label="Audit entries"
					rows={entries}
					row={(it) => it.id}
					empty={
						<Empty title="No entry matches" action={<Button onClick={() => choose({})}>Clear filters</Button>}>
							Actor, action and resource have to be written whole.
						</Empty>
					}
					columns={[
						{ title: "When", cell: (it) => <Time at={it.time} /> },
						{
							title: "Who",
							cell: (it) => (
								<Narrow
									what={it.actor}
									label={`Only what ${it.actor} did`}
									onClick={() => choose({ ...filter, actor: it.actor })}
								/>
							),
						},
						{
							title: "Did what",
							cell: (it) => (
								<Narrow
									what={it.action}
									label={`Only ${it.action}`}
									onClick={() => choose({ ...filter, action: it.action })}
								/>
							),
						},
						{
							title: "To what",
							cell: (it) => (
								<Narrow
									what={it.resource}
									label={`Only what was done to ${it.resource}`}
									onClick={() => choose({ ...filter, resource: it.resource })}
								/>
							),
						},
						{
							title: "Details",
							wide: true,
							spare: true,
							cell: (it) => <span className="dim">{brief(it.details)}</span>,
						},
						{
							title: "Entry",
							quiet: true,
							end: true,
							cell: (it) => (
								<Button small look="quiet" onClick={() => setShown(it)} aria-label={`Entry ${it.sequence}`}>
									#{it.sequence}
								</Button>
							),
						},
					]}
				/>
			)}
			<div className="audit-foot">
				{hasNextPage && (
					<Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
						Older entries
					</Button>
				)}
				<Cli command={auditCommand(org, filter)} />
			</div>
			<Dialog open={shown !== undefined} onClose={() => setShown(undefined)} title={`Entry ${shown?.sequence}`} wide>
				{shown && <Entry it={shown} />}
			</Dialog>
		</div>
	);
}

function Narrow({ what, label, onClick }: { what: string; label: string; onClick: () => void }) {
	return (
		<button type="button" className="narrow" title={label} aria-label={`${what}. ${label}`} onClick={onClick}>
			{what}
		</button>
	);
}

function Entry({ it }: { it: Schema["AuditEntry"] }) {
	return (
		<>
			<Facts>
				<Fact name="When">{absolute(new Date(it.time))}</Fact>
				<Fact name="Who">{it.actor}</Fact>
				<Fact name="Did what">{it.action}</Fact>
				<Fact name="To what">{it.resource}</Fact>
				<Fact name="Id of who did it">
					<Id text={it.actorSubject} what="id" />
				</Fact>
				<Fact name="Hash over it and all before">
					<Id text={it.hash} what="hash" />
				</Fact>
			</Facts>
			<CodeBlock text={JSON.stringify(it.details, null, 2)} what="details" />
		</>
	);
}
