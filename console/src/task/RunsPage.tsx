import { i18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock, Play } from "lucide-react";
import type { Schema } from "../api/client";
import { type ComponentRef, runs, tasks } from "../api/queries";
import { EnvironmentTabs } from "../component/EnvironmentTabs";
import { useStages } from "../component/useStages";
import { useAllowed } from "../session/useSession";
import { Cli } from "../ui/Copy";
import { More } from "../ui/More";
import { Empty, Fact, Facts, Section } from "../ui/Page";
import { Status, wordOf } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time, Took } from "../ui/Time";
import { RunBars } from "./RunBars";
import { RunLog } from "./RunLog";
import { RunNow } from "./RunNow";
import { CONCURRENCY, TRIGGERS } from "./words";
import "./task.css";

/** A task in an environment: when it runs, what became of its runs, and one of them with its log. */
export function RunsPage({
	chosen,
	run,
	...ref
}: ComponentRef & { chosen: string | undefined; run: string | undefined }) {
	const stages = useStages(ref);
	const { data: all } = useSuspenseQuery(tasks(ref));
	const environment = chosen ?? all[0]?.environment ?? stages[0] ?? "development";
	const task = all.find((it) => it.environment === environment);
	const query = useInfiniteQuery(runs(ref, environment));
	const rows = query.data?.pages.flatMap((it) => it.items) ?? [];
	const shown = rows.find((it) => it.id === run) ?? (run ? undefined : rows[0]);
	const allowed = useAllowed(ref.org);
	return (
		<>
			<EnvironmentTabs environments={stages} current={environment} />
			{task ? (
				<Schedule task={task}>
					<Cli command={`cyto task run ${ref.project}/${ref.component} -e ${environment}`} />
					{allowed.develop && <RunNow {...ref} environment={environment} look="primary" />}
				</Schedule>
			) : (
				<Empty icon={<CalendarClock aria-hidden />} title={t`Not deployed in ${environment}`}>
					<Trans>Deploy a release there; then it runs by its schedule, or when somebody asks.</Trans>
				</Empty>
			)}
			<Section title={t`Runs`} id="runs">
				<RunBars runs={rows} current={shown?.id} />
				<Table
					label={t`Runs`}
					rows={rows}
					row={(it) => it.id}
					empty={
						query.isPending ? (
							<p className="dim" role="status">
								<Trans>Loading.</Trans>
							</p>
						) : (
							<Empty icon={<Play aria-hidden />} title={t`No runs in ${environment} yet`}>
								{task?.schedule ? (
									<Trans>The first one starts by the schedule, or when somebody asks.</Trans>
								) : (
									<Trans>It runs when somebody asks.</Trans>
								)}
							</Empty>
						)
					}
					columns={[
						{
							title: t`State`,
							cell: (it) => (
								<Link
									className="row-link"
									to="."
									search={(before) => ({ ...before, run: it.id })}
									aria-label={nameOf(it)}
									aria-current={it.id === shown?.id ? "true" : undefined}
									activeProps={{}}
								>
									<Status state={it.status} />
								</Link>
							),
						},
						{ title: t`Trigger`, spare: true, cell: (it) => i18n._(TRIGGERS[it.trigger]) },
						{ title: t`By`, spare: true, cell: (it) => it.requestedBy },
						{
							title: t`Release`,
							spare: true,
							cell: (it) => (it.release ? <code>{it.release}</code> : <span className="dim">–</span>),
						},
						{
							title: t`What became of it`,
							wide: true,
							spare: true,
							cell: (it) => <span className={it.status === "FAILED" ? "tone-bad" : "dim"}>{it.message}</span>,
						},
						{ title: t`Took`, end: true, cell: (it) => <Took from={it.startedAt} to={it.endedAt} /> },
						{ title: t`When`, end: true, cell: (it) => <Time at={it.createdAt} /> },
					]}
				/>
				<More query={query}>{t`Show older ones`}</More>
			</Section>
			{shown && <RunLog key={shown.id} {...ref} run={shown} />}
			{run && !shown && !query.isPending && (
				<p className="dim" role="status">
					<Trans>The run that this address names is not among these. It may be older, or not kept any more.</Trans>
				</p>
			)}
		</>
	);
}

function Schedule({ task, children }: { task: Schema["TaskView"]; children: React.ReactNode }) {
	return (
		<Section title={t`When it runs`} id="schedule" actions={children}>
			<Facts>
				<Fact name={t`Schedule`}>
					{task.schedule ? <code>{task.schedule}</code> : <Trans>none: it runs when somebody asks</Trans>}
				</Fact>
				{task.schedule && (
					<>
						<Fact name={t`Time zone`}>{task.timeZone}</Fact>
						<Fact name={t`Next run`}>
							{task.nextRunAt ? (
								<Time at={task.nextRunAt} />
							) : (
								<span className="dim">{task.message ?? t`not known yet`}</span>
							)}
						</Fact>
						<Fact name={t`When the one before goes on`}>{i18n._(CONCURRENCY[task.concurrency])}</Fact>
					</>
				)}
				<Fact name={t`May take`}>{seconds(task.timeoutSeconds)}</Fact>
				<Fact name={t`Tried again`}>
					{task.retries === 0 ? t`never` : plural(task.retries, { one: "# time", other: "# times" })}
				</Fact>
				<Fact name={t`Release`}>
					<code>{task.release}</code>
				</Fact>
			</Facts>
		</Section>
	);
}

function seconds(count: number): string {
	if (count % 3600 === 0) return plural(count / 3600, { one: "# hour", other: "# hours" });
	if (count % 60 === 0) return plural(count / 60, { one: "# minute", other: "# minutes" });
	return plural(count, { one: "# second", other: "# seconds" });
}

const nameOf = (it: Schema["RunView"]) => t`Run by ${it.requestedBy}, ${wordOf(it.status).toLowerCase()}`;
