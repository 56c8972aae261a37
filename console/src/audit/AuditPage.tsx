import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Schema } from "../api/client";
import { type AuditFilter, audit } from "../api/queries";
import { absolute } from "../lib/time";
import { Button } from "../ui/Button";
import { Cli, CodeBlock, Id } from "../ui/Copy";
import { Dialog } from "../ui/Dialog";
import { More } from "../ui/More";
import { Empty, Fact, Facts, Failed, PageHeader, Skeleton } from "../ui/Page";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { AuditFilters } from "./AuditFilters";
import { Chain } from "./Chain";
import { auditCommand, brief } from "./entries";
import "./audit.css";

export function AuditPage({ org, filter }: { org: string; filter: AuditFilter }) {
	const navigate = useNavigate();
	const query = useInfiniteQuery(audit(org, filter));
	const { data, error, refetch } = query;
	const [shown, setShown] = useState<Schema["AuditEntry"]>();
	const entries = data?.pages.flatMap((it) => it.items) ?? [];
	const choose = (next: AuditFilter) => void navigate({ to: "/orgs/$org/audit", params: { org }, search: next });
	const narrowing = { filter, choose };
	return (
		<div className="page">
			<PageHeader
				title={t`Audit`}
				meta={
					<span>
						<Trans>Every write in this organization, and who made it.</Trans>
					</span>
				}
			/>
			<Chain org={org} />
			<AuditFilters key={JSON.stringify(filter)} filter={filter} onChange={choose} />
			{error && !data && <Failed failure={error} retry={() => void refetch()} />}
			{!data && !error && <Skeleton rows={8} />}
			{data && (
				<Table
					label={t`Audit entries`}
					rows={entries}
					row={(it) => it.id}
					empty={
						<Empty
							title={t`No entry matches`}
							action={
								<Button onClick={() => choose({})}>
									<Trans>Clear filters</Trans>
								</Button>
							}
						>
							<Trans>Actor, action and resource have to be written whole.</Trans>
						</Empty>
					}
					columns={[
						{ title: t`When`, spare: true, cell: (it) => <Time at={it.time} /> },
						{ title: t`Who`, spare: true, cell: (it) => <Narrow by="actor" entry={it} {...narrowing} /> },
						{
							title: t`Did what`,
							cell: (it) => (
								<span className="stack">
									<Narrow by="action" entry={it} {...narrowing} />
									<span className="narrow-only">
										<Narrow by="resource" entry={it} {...narrowing} />
									</span>
									<span className="narrow-only dim">
										<Narrow by="actor" entry={it} {...narrowing} />
										<Time at={it.time} />
									</span>
								</span>
							),
						},
						{ title: t`To what`, spare: true, cell: (it) => <Narrow by="resource" entry={it} {...narrowing} /> },
						{
							title: t`Details`,
							wide: true,
							spare: true,
							cell: (it) => <span className="audit-details">{brief(it.details)}</span>,
						},
						{
							title: t`Entry`,
							quiet: true,
							end: true,
							cell: (it) => (
								<Button small look="quiet" onClick={() => setShown(it)} aria-label={t`Entry ${it.sequence}`}>
									#{it.sequence}
								</Button>
							),
						},
					]}
				/>
			)}
			<div className="audit-foot">
				<More query={query}>{t`Older entries`}</More>
				<Cli command={auditCommand(org, filter)} />
			</div>
			<Dialog
				open={shown !== undefined}
				onClose={() => setShown(undefined)}
				title={t`Entry ${shown?.sequence ?? ""}`}
				wide
			>
				{shown && <Entry it={shown} />}
			</Dialog>
		</div>
	);
}

/** What an entry says, which leads to all entries that say the same. */
function Narrow({
	by,
	entry,
	filter,
	choose,
}: {
	by: "actor" | "action" | "resource";
	entry: Schema["AuditEntry"];
	filter: AuditFilter;
	choose: (next: AuditFilter) => void;
}) {
	const what = entry[by];
	return (
		<button
			type="button"
			className="narrow"
			title={t`Only ${what}`}
			aria-label={t`${what}: only these`}
			onClick={() => choose({ ...filter, [by]: what })}
		>
			{what}
		</button>
	);
}

function Entry({ it }: { it: Schema["AuditEntry"] }) {
	return (
		<>
			<Facts>
				<Fact name={t`When`}>{absolute(new Date(it.time))}</Fact>
				<Fact name={t`Who`}>{it.actor}</Fact>
				<Fact name={t`Did what`}>{it.action}</Fact>
				<Fact name={t`To what`}>{it.resource}</Fact>
				<Fact name={t`Id of who did it`}>
					<Id text={it.actorSubject} what={t`id`} />
				</Fact>
				<Fact name={t`Hash over it and all before`}>
					<Id text={it.hash} what={t`hash`} />
				</Fact>
			</Facts>
			<CodeBlock text={JSON.stringify(it.details, null, 2)} what={t`details`} />
		</>
	);
}
