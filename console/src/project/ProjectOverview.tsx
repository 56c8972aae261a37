import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueries, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Box, Plus } from "lucide-react";
import { cell, cells } from "../api/cellQueries";
import { components, environments, type ProjectRef, pipelines, project } from "../api/queries";
import { Changes } from "../overview/Changes";
import { inOrder } from "../overview/health";
import { useAllowed } from "../session/useSession";
import { ButtonLink } from "../ui/Button";
import { Empty, Section } from "../ui/Page";
import { Badge, Status } from "../ui/Status";
import "../overview/overview.css";
import { ProjectHeader } from "./ProjectHeader";

/** A project's components by environments: what is live where, and how it is. */
export function ProjectOverview({ org, project: name }: ProjectRef) {
	const ref = { org, project: name };
	const { data: about } = useSuspenseQuery(project(ref));
	const { data: list } = useSuspenseQuery(components(ref));
	const { data: known } = useSuspenseQuery(cells(ref));
	const { data: places } = useSuspenseQuery(environments(org));
	const { data: paths } = useSuspenseQuery(pipelines(org));
	const allowed = useAllowed(org);
	const views = useQueries({ queries: known.map((it) => cell(ref, it.environment)) });
	/** What it was found to be, where nobody said it. */
	const type = (component: string, said: string | null | undefined) => {
		const found =
			said ?? views.flatMap((v) => v.data?.document.spec.components ?? []).find((c) => c.name === component)?.type;
		return found ? <Badge>{found}</Badge> : <span className="dim">–</span>;
	};
	const stages = paths.find((it) => it.name === about.pipeline)?.stages ?? [];
	const columns = inOrder(places, stages).filter(
		(it) => stages.includes(it.name) || known.some((c) => c.environment === it.name),
	);

	return (
		<div className="page">
			<ProjectHeader {...ref} />
			{list.length === 0 ? (
				<Empty
					icon={<Box aria-hidden />}
					title={t`No components yet`}
					action={
						allowed.develop && (
							<ButtonLink look="primary" to="/orgs/$org/projects/$project/new-component" params={ref} icon={<Plus />}>
								<Trans>New component</Trans>
							</ButtonLink>
						)
					}
				>
					<Trans>
						A component is one thing that is built and run: a service, a web application, a worker. Push a Git
						repository, upload a folder, or start with a sample.
					</Trans>
				</Empty>
			) : (
				<div className="grid-2">
					<Section title={t`Components`} id="components">
						<div className="table-scroll">
							<table className="table matrix" aria-labelledby="components">
								<thead>
									<tr>
										<th scope="col">
											<Trans>Component</Trans>
										</th>
										<th scope="col" className="spare">
											<Trans>Type</Trans>
										</th>
										{columns.map((it) => (
											<th scope="col" key={it.name}>
												{it.name}
											</th>
										))}
									</tr>
								</thead>
								<tbody>
									{list.map((it) => (
										<tr key={it.name}>
											<th scope="row">
												<Link
													to="/orgs/$org/projects/$project/components/$component"
													params={{ ...ref, component: it.name }}
													className="row-link"
												>
													{it.displayName || it.name}
												</Link>
											</th>
											<td className="spare">{type(it.name, it.type)}</td>
											{columns.map((environment) => {
												const view = views.find((v) => v.data?.environment === environment.name)?.data;
												const wanted = view?.document.spec.components.find((c) => c.name === it.name);
												const seen = view?.status?.components.find((c) => c.name === it.name);
												if (!wanted) {
													return (
														<td key={environment.name} className="dim" title={t`Nothing of it runs here`}>
															–
														</td>
													);
												}
												return (
													<td key={environment.name}>
														<span className="stack">
															<Status state={seen?.phase ?? "UNKNOWN"} />
															<code className="dim">{wanted.release}</code>
														</span>
													</td>
												);
											})}
										</tr>
									))}
								</tbody>
							</table>
						</div>
					</Section>
					<Section title={t`What changed`} id="changed">
						<Changes org={org} project={name} />
					</Section>
				</div>
			)}
		</div>
	);
}
