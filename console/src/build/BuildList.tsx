import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Hammer } from "lucide-react";
import type { Schema } from "../api/client";
import { builds, type ComponentRef } from "../api/queries";
import { BuildNow } from "../component/BuildNow";
import { useAllowed } from "../session/useSession";
import { Cli, Id } from "../ui/Copy";
import { More } from "../ui/More";
import { Empty, Section } from "../ui/Page";
import { Status, wordOf } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time, Took } from "../ui/Time";
import { TRIGGERS } from "./words";

export function BuildList(ref: ComponentRef) {
	const query = useSuspenseInfiniteQuery(builds(ref));
	const allowed = useAllowed(ref.org);
	const rows = query.data.pages.flatMap((it) => it.items);
	return (
		<Section
			title={t`Builds`}
			id="builds"
			actions={
				<>
					<Cli command={`cyto build start ${ref.project}/${ref.component}`} />
					{allowed.develop && rows.length > 0 && <BuildNow {...ref} small />}
				</>
			}
		>
			<Table
				label={t`Builds`}
				rows={rows}
				row={(it) => it.id}
				empty={
					<Empty icon={<Hammer aria-hidden />} title={t`No builds yet`}>
						<Trans>Every push and every upload is built.</Trans>
					</Empty>
				}
				columns={[
					{
						title: t`Build`,
						cell: (it) => (
							<Link
								className="row-link"
								to="/orgs/$org/projects/$project/components/$component/builds/$build"
								params={{ ...ref, build: it.id }}
								aria-label={nameOf(it)}
							>
								<Status state={it.status} />
							</Link>
						),
					},
					{
						title: t`Commit`,
						cell: (it) => (it.commit ? <Id text={it.commit} short={it.commit.slice(0, 7)} what={t`commit`} /> : "–"),
					},
					{ title: t`Branch`, spare: true, cell: (it) => it.branch ?? <span className="dim">–</span> },
					{ title: t`Trigger`, spare: true, cell: (it) => i18n._(TRIGGERS[it.trigger]) },
					{ title: t`By`, spare: true, cell: (it) => it.createdBy },
					{
						title: t`Release`,
						wide: true,
						cell: (it) =>
							it.release ? (
								<Id text={it.release} what={t`release`} />
							) : (
								<span className={it.error ? "tone-bad" : "dim"}>{it.error ?? "–"}</span>
							),
					},
					{ title: t`Took`, end: true, cell: (it) => <Took from={it.startedAt} to={it.finishedAt} /> },
					{ title: t`When`, end: true, cell: (it) => <Time at={it.createdAt} /> },
				]}
			/>
			<More query={query}>{t`Show older ones`}</More>
		</Section>
	);
}

function nameOf(it: Schema["BuildView"]) {
	const state = wordOf(it.status).toLowerCase();
	return it.commit ? t`Build of ${it.commit.slice(0, 7)}, ${state}` : t`Build of an upload, ${state}`;
}
