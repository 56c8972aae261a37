import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { Package } from "lucide-react";
import { deployments, releases } from "@/api/queries";
import { bytes } from "@/lib/time";
import { Id } from "@/ui/Copy";
import { Empty, Section } from "@/ui/Page";
import { Badge } from "@/ui/Status";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";

export const Route = createFileRoute("/orgs/$org/projects/$project/components/$component/releases")({
	staticData: { crumb: () => t`Releases` },
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([queryClient.ensureQueryData(releases(params)), queryClient.ensureQueryData(deployments(params))]),
	component: Releases,
});

function Releases() {
	const ref = Route.useParams();
	const { data: made } = useSuspenseQuery(releases(ref));
	const { data: all } = useSuspenseQuery(deployments(ref));
	return (
		<Section
			title={t`Releases`}
			id="releases"
			hint={t`What was built, as it was built: equal inputs give the same release.`}
		>
			<Table
				label={t`Releases`}
				rows={made}
				row={(it) => it.id}
				empty={
					<Empty icon={<Package aria-hidden />} title={t`No releases yet`}>
						<Trans>A build that succeeds makes one.</Trans>
					</Empty>
				}
				columns={[
					{ title: t`Release`, cell: (it) => <Id text={it.id} what={t`release`} /> },
					{
						title: t`Live in`,
						wide: true,
						cell: (it) => {
							const live = all.filter((d) => d.release === it.id && d.status === "LIVE").map((d) => d.environment);
							return live.length ? (
								<span className="badges">
									{live.map((name) => (
										<Badge key={name} tone="good">
											{name}
										</Badge>
									))}
								</span>
							) : (
								<span className="dim">–</span>
							);
						},
					},
					{ title: t`Commit`, cell: (it) => <Id text={it.commit} short={it.commit.slice(0, 7)} what={t`commit`} /> },
					{ title: t`Built with`, spare: true, cell: (it) => it.builder },
					{
						title: t`Endpoints`,
						spare: true,
						cell: (it) =>
							it.descriptor.endpoints?.map((e) => `${e.name} (${e.visibility ?? "public"})`).join(", ") || (
								<span className="dim">
									<Trans>by default</Trans>
								</span>
							),
					},
					{ title: t`Size`, end: true, spare: true, cell: (it) => bytes(it.artifact.sizeBytes) },
					{ title: t`When`, end: true, cell: (it) => <Time at={it.createdAt} /> },
				]}
			/>
		</Section>
	);
}
