import { i18n } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Hexagon } from "lucide-react";
import { useMemo } from "react";
import { cell, cells, cellTraffic } from "../api/cellQueries";
import type { ProjectRef } from "../api/queries";
import { EnvironmentTabs } from "../component/EnvironmentTabs";
import { useStages } from "../component/useStages";
import { ProjectHeader } from "../project/ProjectHeader";
import { Cli, Id } from "../ui/Copy";
import { Empty, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { CellDiagram } from "./CellDiagram";
import { CellHistory } from "./CellHistory";
import { cellModel } from "./model";
import { figuresOf, isOld } from "./traffic";

const GATEWAYS = {
	north: msg`northbound, from the public`,
	west: msg`westbound, from another cell`,
	east: msg`eastbound, to another cell`,
	south: msg`southbound, to a third party`,
};

export function CellPage({ chosen, ...ref }: ProjectRef & { chosen: string | undefined }) {
	const stages = useStages(ref);
	const { data: known } = useSuspenseQuery(cells(ref));
	const environment =
		chosen ?? stages.find((it) => known.some((c) => c.environment === it)) ?? stages[0] ?? "development";
	return (
		<div className="page">
			<ProjectHeader {...ref} page={t`Cell`} />
			<div className="page-actions">
				<EnvironmentTabs environments={stages} current={environment} />
				<Cli command={`cyto show cell ${ref.project}/${environment}`} />
			</div>
			{known.some((it) => it.environment === environment) ? (
				<Cell {...ref} environment={environment} />
			) : (
				<Empty icon={<Hexagon aria-hidden />} title={t`There is no cell in ${environment}`}>
					<Trans>The cell comes to be when the first component of the project is deployed there.</Trans>
				</Empty>
			)}
		</div>
	);
}

function Cell({ environment, ...ref }: ProjectRef & { environment: string }) {
	const { data } = useSuspenseQuery(cell(ref, environment));
	const model = useMemo(() => cellModel(data), [data]);
	// Drawn without it, and with it once it is there.
	const { data: told, dataUpdatedAt } = useQuery(cellTraffic(ref, environment));
	const traffic = useMemo(() => figuresOf(told), [told]);
	const names = new Map([
		...model.components.map((it) => [it.id, it.name] as const),
		...model.outside.map((it) => [it.id, it.title] as const),
	]);
	return (
		<>
			<CellDiagram model={model} org={ref.org} traffic={traffic} />
			<div className="cell-conditions">
				{data.status?.conditions.map((it) => (
					<Status
						key={it.type}
						state={it.status === "TRUE" ? "READY" : it.status === "FALSE" ? "FAILED" : "UNKNOWN"}
						label={it.message}
						quiet
					/>
				))}
				<span className="dim">
					<Trans>
						Reported <Time at={data.reportedAt} /> by {data.dataPlane}
					</Trans>
				</span>
				<span className="dim">
					{isOld(told, dataUpdatedAt) ? (
						<Trans>
							Traffic as of <Time at={told!.until!} />
						</Trans>
					) : traffic.size > 0 ? (
						t`Traffic of the last half minute`
					) : (
						t`No traffic in the last half minute`
					)}
				</span>
				<span className="dim">
					<Trans>Content</Trans>{" "}
					<Id text={data.contentHash} short={data.contentHash.slice(0, 19)} what={t`content hash`} />
				</span>
			</div>
			<Section
				title={t`What may call what`}
				id="calls"
				hint={t`Nothing else gets through: every row passes the gateway that it names. Figures are of the last half minute.`}
				actions={<Cli command={`cyto cell traffic ${ref.project}/${environment}`} />}
			>
				<Table
					label={t`What may call what`}
					rows={model.edges}
					row={(it) => it.id}
					empty={<Empty title={t`No calls are declared`} />}
					columns={[
						{ title: t`From`, cell: (it) => names.get(it.from) ?? it.from },
						{ title: t`To`, cell: (it) => names.get(it.to) ?? it.to },
						{ title: t({ message: "By", context: "what a call goes through" }), cell: (it) => <code>{it.label}</code> },
						{
							title: t`Gateway`,
							wide: true,
							cell: (it) =>
								it.side ? (
									i18n._(GATEWAYS[it.side])
								) : (
									<span className="dim">
										<Trans>none, inside the cell</Trans>
									</span>
								),
						},
						{ title: t`Requests`, end: true, cell: (it) => <Figure text={traffic.get(it.id)?.rate} /> },
						{ title: "p50", spare: true, end: true, cell: (it) => <Figure text={traffic.get(it.id)?.p50} /> },
						{ title: "p95", end: true, cell: (it) => <Figure text={traffic.get(it.id)?.p95} /> },
						{ title: "4xx", spare: true, end: true, cell: (it) => <Figure text={traffic.get(it.id)?.refused} /> },
						{
							title: "5xx",
							end: true,
							cell: (it) => <Figure text={traffic.get(it.id)?.failed} bad />,
						},
					]}
				/>
			</Section>
			<Section title={t`Components`} id="cell-components">
				<Table
					label={t`Components`}
					rows={model.components}
					row={(it) => it.id}
					columns={[
						{
							title: t`Component`,
							cell: (it) => (
								<Link
									className="row-link"
									to="/orgs/$org/projects/$project/components/$component"
									params={{ ...ref, component: it.name }}
								>
									{it.name}
								</Link>
							),
						},
						{ title: t`State`, cell: (it) => <Status state={it.phase} /> },
						{ title: t`Ready`, cell: (it) => t`${it.ready} of ${it.replicas}` },
						{ title: t`Release`, cell: (it) => <code>{it.release}</code> },
						{ title: t`Type`, spare: true, cell: (it) => it.type },
						{ title: t`Says`, spare: true, wide: true, cell: (it) => <span className="dim">{it.message}</span> },
					]}
				/>
			</Section>
			<CellHistory {...ref} environment={environment} version={data.version} />
		</>
	);
}

function Figure({ text, bad }: { text: string | undefined; bad?: boolean }) {
	return text ? <span className={bad ? "tone-bad nowrap" : "nowrap"}>{text}</span> : <span className="dim">–</span>;
}
