import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Hammer } from "lucide-react";
import { builds, type ComponentRef } from "../api/queries";
import { BuildNow } from "../component/BuildNow";
import { useAllowed } from "../session/useSession";
import { Cli, Id } from "../ui/Copy";
import { More } from "../ui/More";
import { Empty, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time, Took } from "../ui/Time";

export function BuildList(ref: ComponentRef) {
	const query = useSuspenseInfiniteQuery(builds(ref));
	const allowed = useAllowed(ref.org);
	const rows = query.data.pages.flatMap((it) => it.items);
	return (
		<Section
			title="Builds"
			id="builds"
			actions={
				<>
					<Cli command={`cyto build start ${ref.project}/${ref.component}`} />
					{allowed.develop && rows.length > 0 && <BuildNow {...ref} small />}
				</>
			}
		>
			<Table
				label="Builds"
				rows={rows}
				row={(it) => it.id}
				empty={
					<Empty icon={<Hammer aria-hidden />} title="No builds yet">
						Every push and every upload is built.
					</Empty>
				}
				columns={[
					{
						title: "Build",
						cell: (it) => (
							<Link
								className="row-link"
								to="/orgs/$org/projects/$project/components/$component/builds/$build"
								params={{ ...ref, build: it.id }}
								aria-label={`Build of ${it.commit?.slice(0, 7) ?? "an upload"}, ${it.status.toLowerCase()}`}
							>
								<Status state={it.status} />
							</Link>
						),
					},
					{
						title: "Commit",
						cell: (it) => (it.commit ? <Id text={it.commit} short={it.commit.slice(0, 7)} what="commit" /> : "–"),
					},
					{ title: "Branch", spare: true, cell: (it) => it.branch ?? <span className="dim">–</span> },
					{ title: "Trigger", spare: true, cell: (it) => it.trigger.toLowerCase() },
					{ title: "By", spare: true, cell: (it) => it.createdBy },
					{
						title: "Release",
						wide: true,
						cell: (it) =>
							it.release ? (
								<Id text={it.release} what="release" />
							) : (
								<span className={it.error ? "tone-bad" : "dim"}>{it.error ?? "–"}</span>
							),
					},
					{ title: "Took", end: true, cell: (it) => <Took from={it.startedAt} to={it.finishedAt} /> },
					{ title: "When", end: true, cell: (it) => <Time at={it.createdAt} /> },
				]}
			/>
			<More query={query}>Show older ones</More>
		</Section>
	);
}
