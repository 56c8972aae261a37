import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Hexagon } from "lucide-react";
import { useMemo } from "react";
import { environments, organizationCells, pipelines } from "../api/queries";
import { inOrder } from "../environment/order";
import { Cli } from "../ui/Copy";
import { SelectField } from "../ui/Field";
import { Empty, PageHeader, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { CellMapDiagram } from "./CellMapDiagram";
import { cellMap } from "./map";
import "../endpoint/endpoints.css";

/** How an organization's cells are, and which may call which: one environment at a time. */
export function CellMapPage({ org, chosen }: { org: string; chosen: string | undefined }) {
	const navigate = useNavigate();
	const { data: all } = useSuspenseQuery(organizationCells(org));
	const { data: places } = useSuspenseQuery(environments(org));
	const { data: orders } = useSuspenseQuery(pipelines(org));
	const order = inOrder(places, orders).map((it) => it.name);
	const environment =
		chosen ?? order.find((it) => all.some((cell) => cell.environment === it)) ?? order[0] ?? "development";
	const cells = all.filter((it) => it.environment === environment);
	const map = useMemo(() => cellMap(cells), [all, environment]);
	const projectOf = new Map(cells.map((it) => [it.name, it.project]));
	return (
		<div className="page">
			<PageHeader title="Cells" meta={<span>How each cell is, and which may call which.</span>} />
			<div className="endpoint-filters" role="search" aria-label="Cells">
				<SelectField
					label="Environment"
					value={environment}
					onChange={(event) =>
						void navigate({
							to: "/orgs/$org/cells",
							params: { org },
							search: { environment: event.target.value },
							replace: true,
						})
					}
				>
					{order.map((it) => (
						<option key={it}>{it}</option>
					))}
				</SelectField>
			</div>
			{cells.length === 0 ? (
				<Empty icon={<Hexagon aria-hidden />} title={`There is no cell in ${environment}`}>
					A cell comes to be when the first component of a project is deployed there.
				</Empty>
			) : (
				<>
					<CellMapDiagram map={map} org={org} environment={environment} />
					<Section title="Cells" id="cells">
						<Table
							label="Cells"
							rows={cells}
							row={(it) => it.name}
							columns={[
								{
									title: "Cell",
									cell: (it) => (
										<Link
											className="row-link"
											to="/orgs/$org/projects/$project/cell"
											params={{ org, project: it.project }}
											search={{ environment }}
										>
											{it.project}
										</Link>
									),
								},
								{ title: "Health", cell: (it) => <Status state={it.health} /> },
								{ title: "Ready", cell: (it) => `${it.ready} of ${it.components}` },
								{ title: "Version", cell: (it) => it.version },
								{
									title: "Calls",
									wide: true,
									spare: true,
									cell: (it) =>
										map.edges
											.filter((edge) => edge.from === it.name)
											.map((edge) => projectOf.get(edge.to) ?? edge.to.replace("south/", ""))
											.join(", ") || <span className="dim">nothing outside of itself</span>,
								},
								{
									title: "Called by",
									spare: true,
									cell: (it) =>
										[
											...(it.open ? ["the public"] : []),
											...map.edges.filter((edge) => edge.to === it.name).map((edge) => projectOf.get(edge.from)),
										].join(", ") || <span className="dim">nobody</span>,
								},
							]}
						/>
					</Section>
				</>
			)}
			<Cli command={`cyto list cells --organization ${org}`} />
		</div>
	);
}
