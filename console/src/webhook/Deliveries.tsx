import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, data, type Schema } from "../api/client";
import { type ComponentRef, deliveries, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli, Id } from "../ui/Copy";
import { Empty, Failed, Section, Skeleton } from "../ui/Page";
import { Badge, Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";

const DELIVERY =
	"/api/v1/organizations/{organization}/projects/{project}/components/{component}/webhook/deliveries/{delivery}/redelivery";

/** What GitHub has told, and what came of it. */
export function Deliveries(ref: ComponentRef) {
	// A delivery that leads to nothing has no event.
	const { data: list, error, refetch } = useQuery({ ...deliveries(ref), refetchInterval: 5_000 });
	const allowed = useAllowed(ref.org);
	const { act, busy } = useAct({
		run: (id: string) => data(api.POST(DELIVERY, { params: { path: { ...path.component(ref), delivery: id } } })),
		refresh: [
			[...keys.component(ref), "webhook"],
			[...keys.component(ref), "builds"],
		],
		done: (taken: Schema["Delivery"]) => taken.message,
	});
	return (
		<Section title={t`Deliveries`} id="deliveries" hint={t`Those that were signed with the secret. The newest first.`}>
			{error && !list && <Failed failure={error} retry={() => void refetch()} />}
			{!list && !error && <Skeleton rows={3} />}
			{list && (
				<Table
					label={t`Deliveries`}
					rows={list}
					row={(it) => it.id}
					empty={
						<Empty title={t`Nothing was delivered yet`}>
							<Trans>
								GitHub sends a ping as soon as the webhook is entered there. If none comes, look there at Recent
								Deliveries.
							</Trans>
						</Empty>
					}
					columns={[
						{ title: t`When`, cell: (it) => <Time at={it.createdAt} /> },
						{
							title: t`What`,
							cell: (it) => (
								<span className="named">
									<code>{it.action ? `${it.event}.${it.action}` : it.event}</code>
									{it.redeliveryOf && (
										<Badge>
											<Trans>again</Trans>
										</Badge>
									)}
								</span>
							),
						},
						{
							title: t`What came of it`,
							wide: true,
							cell: (it) => (
								<span className="delivery">
									{it.build ? (
										<Link
											className="link"
											to="/orgs/$org/projects/$project/components/$component/builds/$build"
											params={{ ...ref, build: it.build }}
										>
											<Status state={it.outcome} />
										</Link>
									) : (
										<Status state={it.outcome} />
									)}
									<span className="dim">{it.message}</span>
								</span>
							),
						},
						{
							title: t`Number`,
							spare: true,
							cell: (it) => <Id text={it.delivery} short={it.delivery.slice(0, 8)} what={t`number`} />,
						},
						{
							title: t`Actions`,
							quiet: true,
							end: true,
							cell: (it) =>
								allowed.develop &&
								it.redeliverable && (
									<Button
										small
										busy={busy}
										onClick={() => void act(it.id)}
										aria-label={t`Take the delivery ${it.delivery.slice(0, 8)} again`}
									>
										<Trans>Take again</Trans>
									</Button>
								),
						},
					]}
				/>
			)}
			<Cli
				command={`cyto webhook redeliver ${ref.project}/${ref.component} ${list?.find((it) => it.redeliverable)?.id ?? "DELIVERY"} --organization ${ref.org}`}
			/>
		</Section>
	);
}
