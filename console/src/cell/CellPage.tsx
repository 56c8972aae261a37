import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Hexagon } from "lucide-react";
import { useMemo } from "react";
import { cell, cells, cellTraffic, type ProjectRef } from "../api/queries";
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
	north: "northbound, from the public",
	west: "westbound, from another cell",
	east: "eastbound, to another cell",
	south: "southbound, to a third party",
};

export function CellPage({ chosen, ...ref }: ProjectRef & { chosen: string | undefined }) {
	const stages = useStages(ref);
	const { data: known } = useSuspenseQuery(cells(ref));
	const environment =
		chosen ?? stages.find((it) => known.some((c) => c.environment === it)) ?? stages[0] ?? "development";
	return (
		<div className="page">
			<ProjectHeader {...ref} page="Cell" />
			<div className="page-actions">
				<EnvironmentTabs environments={stages} current={environment} />
				<Cli command={`cyto show cell ${ref.project}/${environment}`} />
			</div>
			{known.some((it) => it.environment === environment) ? (
				<Cell {...ref} environment={environment} />
			) : (
				<Empty icon={<Hexagon aria-hidden />} title={`There is no cell in ${environment}`}>
					The cell comes to be when the first component of the project is deployed there.
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
					Reported <Time at={data.reportedAt} /> by {data.dataPlane}
				</span>
				<span className="dim">
					{isOld(told, dataUpdatedAt) ? (
						<>
							Traffic as of <Time at={told!.until!} />
						</>
					) : traffic.size > 0 ? (
						"Traffic of the last half minute"
					) : (
						"No traffic in the last half minute"
					)}
				</span>
				<span className="dim">
					Content <Id text={data.contentHash} short={data.contentHash.slice(0, 19)} what="content hash" />
				</span>
			</div>
			<Section
				title="What may call what"
				id="calls"
				hint="Nothing else gets through: every row passes the gateway that it names. Figures are of the last half minute."
				actions={<Cli command={`cyto cell traffic ${ref.project}/${environment}`} />}
			>
				<Table
					label="What may call what"
					rows={model.edges}
					row={(it) => it.id}
					empty={<Empty title="No calls are declared" />}
					columns={[
						{ title: "From", cell: (it) => names.get(it.from) ?? it.from },
						{ title: "To", cell: (it) => names.get(it.to) ?? it.to },
						{ title: "By", cell: (it) => <code>{it.label}</code> },
						{
							title: "Gateway",
							wide: true,
							cell: (it) => (it.side ? GATEWAYS[it.side] : <span className="dim">none, inside the cell</span>),
						},
						{ title: "Requests", end: true, cell: (it) => <Figure text={traffic.get(it.id)?.rate} /> },
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
			<Section title="Components" id="cell-components">
				<Table
					label="Components"
					rows={model.components}
					row={(it) => it.id}
					columns={[
						{
							title: "Component",
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
						{ title: "State", cell: (it) => <Status state={it.phase} /> },
						{ title: "Ready", cell: (it) => `${it.ready} of ${it.replicas}` },
						{ title: "Release", cell: (it) => <code>{it.release}</code> },
						{ title: "Type", spare: true, cell: (it) => it.type },
						{ title: "Says", spare: true, wide: true, cell: (it) => <span className="dim">{it.message}</span> },
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
