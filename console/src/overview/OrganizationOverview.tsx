import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueries, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Boxes, Plus } from "lucide-react";
import { cells } from "../api/cellQueries";
import { endpoints, environments, organization, pipelines, projects } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { ButtonLink } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { Empty, PageHeader, Section } from "../ui/Page";
import { Status, wordOf } from "../ui/Status";
import { Changes } from "./Changes";
import { type CellHealth, cellHealth, inOrder } from "./health";
import "./overview.css";

/** How everything is: projects by environments, what is not well first in words, what changed beside it. */
export function OrganizationOverview({ org }: { org: string }) {
	const { data: about } = useSuspenseQuery(organization(org));
	const { data: list } = useSuspenseQuery(projects(org));
	const { data: offered } = useSuspenseQuery(endpoints(org));
	const { data: places } = useSuspenseQuery(environments(org));
	const { data: paths } = useSuspenseQuery(pipelines(org));
	const allowed = useAllowed(org);
	const perProject = useQueries({ queries: list.slice(0, 50).map((it) => cells({ org, project: it.name })) });
	const columns = inOrder(places, paths.find((it) => it.name === "default")?.stages ?? paths[0]?.stages ?? []);

	const rows = list.map((project, index) => {
		const known = perProject[index]?.data ?? [];
		return {
			project,
			cells: columns.map((environment) => {
				const cell = known.find((it) => it.environment === environment.name);
				return { environment: environment.name, cell, health: cellHealth(cell, offered) };
			}),
		};
	});
	const all = rows.flatMap((it) => it.cells).filter((it) => it.cell);
	const count = (health: CellHealth) => all.filter((it) => it.health === health).length;

	return (
		<div className="page">
			<PageHeader
				title={about.displayName}
				meta={
					<>
						<code>{org}</code>
						{all.length > 0 && (
							<>
								<Status state="HEALTHY" label={t`${count("HEALTHY")} of ${all.length} cells healthy`} quiet />
								{count("UNHEALTHY") > 0 && <Status state="UNHEALTHY" label={t`${count("UNHEALTHY")} unhealthy`} />}
								{count("PROGRESSING") > 0 && (
									<Status state="PROGRESSING" label={t`${count("PROGRESSING")} progressing`} />
								)}
							</>
						)}
					</>
				}
				actions={
					allowed.manage && (
						<ButtonLink to="/orgs/$org/new-project" params={{ org }} icon={<Plus />}>
							<Trans>New project</Trans>
						</ButtonLink>
					)
				}
			/>
			{list.length === 0 ? (
				<Empty
					icon={<Boxes aria-hidden />}
					title={t`No projects yet`}
					action={
						allowed.manage && (
							<>
								<ButtonLink look="primary" to="/orgs/$org/new-project" params={{ org }} icon={<Plus />}>
									<Trans>New project</Trans>
								</ButtonLink>
								<Cli command={`cyto create project NAME --organization ${org}`} />
							</>
						)
					}
				>
					<Trans>
						A project is what one team owns. At run time it is one cell in each environment, with gateways around it.
					</Trans>
				</Empty>
			) : (
				<div className="grid-2">
					<Section title={t`Projects`} id="projects">
						<div className="table-scroll">
							<table className="table matrix" aria-labelledby="projects">
								<thead>
									<tr>
										<th scope="col">
											<Trans>Project</Trans>
										</th>
										{columns.map((it) => (
											<th scope="col" key={it.name}>
												{it.name}
											</th>
										))}
									</tr>
								</thead>
								<tbody>
									{rows.map(({ project, cells: found }) => (
										<tr key={project.name}>
											<th scope="row">
												<Link
													to="/orgs/$org/projects/$project"
													params={{ org, project: project.name }}
													className="row-link"
												>
													{project.displayName || project.name}
												</Link>
												{project.description && <span className="dim matrix-about">{project.description}</span>}
											</th>
											{found.map(({ environment, cell, health }) => (
												<td key={environment}>
													{cell ? (
														<Link
															to="/orgs/$org/projects/$project/cell"
															params={{ org, project: project.name }}
															search={{ environment }}
															className="matrix-cell"
															aria-label={t`Cell of ${project.name} in ${environment}: ${wordOf(health).toLowerCase()}, version ${cell.version}`}
														>
															<Status state={health} />
															<span className="dim">v{cell.version}</span>
														</Link>
													) : (
														<span className="dim" title={t`Nothing of it runs here`}>
															–
														</span>
													)}
												</td>
											))}
										</tr>
									))}
								</tbody>
							</table>
						</div>
					</Section>
					<Section title={t`What changed`} id="changed">
						<Changes org={org} />
					</Section>
				</div>
			)}
		</div>
	);
}
