import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Hexagon } from "lucide-react";
import { useMemo } from "react";
import { organizationCells } from "../api/cellQueries";
import { environments, pipelines } from "../api/queries";
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
			<PageHeader
				title={t`Cells`}
				meta={
					<span>
						<Trans>How each cell is, and which may call which.</Trans>
					</span>
				}
			/>
			<div className="endpoint-filters" role="search" aria-label={t`Cells`}>
				<SelectField
					label={t`Environment`}
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
				<Empty icon={<Hexagon aria-hidden />} title={t`There is no cell in ${environment}`}>
					<Trans>A cell comes to be when the first component of a project is deployed there.</Trans>
				</Empty>
			) : (
				<>
					<CellMapDiagram map={map} org={org} environment={environment} />
					<Section title={t`Cells`} id="cells">
						<Table
							label={t`Cells`}
							rows={cells}
							row={(it) => it.name}
							columns={[
								{
									title: t`Cell`,
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
								{ title: t`Health`, cell: (it) => <Status state={it.health} /> },
								{ title: t`Ready`, cell: (it) => t`${it.ready} of ${it.components}` },
								{ title: t`Version`, cell: (it) => it.version },
								{
									title: t`Calls`,
									wide: true,
									spare: true,
									cell: (it) =>
										map.edges
											.filter((edge) => edge.from === it.name)
											.map((edge) => projectOf.get(edge.to) ?? edge.to.replace("south/", ""))
											.join(", ") || (
											<span className="dim">
												<Trans>nothing outside of itself</Trans>
											</span>
										),
								},
								{
									title: t`Called by`,
									spare: true,
									cell: (it) =>
										[
											...(it.open ? [t`the public`] : []),
											...map.edges.filter((edge) => edge.to === it.name).map((edge) => projectOf.get(edge.from)),
										].join(", ") || (
											<span className="dim">
												<Trans>nobody</Trans>
											</span>
										),
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
