import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, data, type Schema } from "../api/client";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { Empty, Failed, Panel, Section, Skeleton } from "../ui/Page";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { useAct } from "../ui/useAct";
import { at, DELIVERY, deliveredCells, delivery, type EnvironmentRef, said, short } from "./delivery";

type DeliveredCell = Schema["DeliveredCell"];

export function DeliveredCells(ref: EnvironmentRef) {
	const { data: list, error, refetch } = useQuery({ ...deliveredCells(ref), refetchInterval: 10_000 });
	if (error && !list) return <Failed failure={error} retry={() => void refetch()} />;
	if (!list) return <Skeleton rows={3} />;
	return (
		<>
			<Section title={t`Cells`} id="delivered">
				<Table
					label={t`Cells`}
					rows={list}
					row={(it) => it.project}
					empty={
						<Empty title={t`No cells`}>
							<Trans>A file comes with a project's first deployment to this environment.</Trans>
						</Empty>
					}
					columns={[
						{
							title: t`Project`,
							cell: (it) => (
								<Link to="/orgs/$org/projects/$project" params={{ org: ref.org, project: it.project }}>
									<strong>{it.project}</strong>
								</Link>
							),
						},
						{ title: t`Sync`, cell: (it) => <Sync it={it} /> },
						{ title: t`Wanted`, end: true, cell: (it) => version(it.wantedVersion) },
						{ title: t`In Git`, end: true, cell: (it) => version(it.repository?.version) },
						{ title: t`Applied`, end: true, cell: (it) => version(it.applied?.version) },
						{
							title: t`Health`,
							cell: (it) =>
								it.applied ? (
									<span title={it.applied.message ?? undefined}>
										<Status state={it.applied.ready ? "READY" : "UNREADY"} />
									</span>
								) : (
									<span className="dim">–</span>
								),
						},
						{
							title: t`Last commit`,
							wide: true,
							spare: true,
							cell: (it) =>
								it.repository?.commit ? (
									<span className="nowrap">
										<code title={it.repository.commit}>{short(it.repository.commit)}</code>{" "}
										<span className="dim">{it.repository.author}</span>
									</span>
								) : (
									<span className="dim">–</span>
								),
						},
					]}
				/>
			</Section>
			{list
				.filter((it) => it.sync === "DRIFTED")
				.map((it) => (
					<Drift key={it.project} {...ref} it={it} />
				))}
		</>
	);
}

const version = (it: number | null | undefined) => it ?? <span className="dim">–</span>;

function Sync({ it }: { it: DeliveredCell }) {
	if (it.sync === "IN_SYNC") return <Status state="READY" label={t`In sync`} />;
	if (it.sync === "DRIFTED") return <Status state="DEGRADED" label={it.healing ? t`Being written over` : t`Drifted`} />;
	return <Status state="PENDING" label={t`To be written`} />;
}

/** A file that somebody else changed: who, what is there, and what should be. */
function Drift({ it, ...ref }: EnvironmentRef & { it: DeliveredCell }) {
	const allowed = useAllowed(ref.org);
	const { act, busy } = useAct({
		run: () =>
			data(api.POST(`${DELIVERY}/cells/{project}/heal`, { params: { path: { ...at(ref), project: it.project } } })),
		refresh: [delivery(ref).queryKey],
		done: () => t`The file of ${it.project} is written as it is wanted`,
	});
	const author = it.repository?.author;
	return (
		<Section
			id={`drift-${it.project}`}
			title={t`What differs in ${it.project}`}
			hint={
				it.repository?.there === false
					? author
						? t`${author} removed the file.`
						: t`Somebody removed the file.`
					: author
						? t`${author} changed the file.`
						: t`Somebody changed the file.`
			}
			actions={
				allowed.develop && (
					<Button look="primary" busy={busy} disabled={it.healing} onClick={() => void act()}>
						<Trans>Heal</Trans>
					</Button>
				)
			}
		>
			<Panel>
				{it.differences.length > 0 && (
					<Table
						label={t`What differs in ${it.project}`}
						rows={it.differences.map((difference) => said(difference, t`nothing`))}
						row={(line) => line.path}
						columns={[
							{ title: t`Place`, cell: (line) => <code>{line.path}</code> },
							{ title: t`In the file`, wide: true, cell: (line) => <code>{line.found}</code> },
							{ title: t`Wanted`, wide: true, cell: (line) => <code>{line.wanted}</code> },
						]}
					/>
				)}
				<Cli command={`cyto environment delivery heal ${ref.environment} ${it.project} --organization ${ref.org}`} />
			</Panel>
		</Section>
	);
}
