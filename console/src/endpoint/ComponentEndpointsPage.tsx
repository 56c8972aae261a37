import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Globe } from "lucide-react";
import { useRef } from "react";
import { type ComponentRef, endpoints } from "../api/queries";
import { EnvironmentTabs } from "../component/EnvironmentTabs";
import { useStages } from "../component/useStages";
import { Button } from "../ui/Button";
import { Empty, Section } from "../ui/Page";
import { Badge, Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Address, TONES } from "./Address";
import { TryOut } from "./TryOut";
import "./endpoints.css";

export interface TryOutSearch {
	environment?: string;
	endpoint?: string;
	method?: string;
	path?: string;
}

/** What a component offers in an environment, and one request to it. */
export function ComponentEndpointsPage({ search, ...ref }: ComponentRef & { search: TryOutSearch }) {
	const navigate = useNavigate();
	const form = useRef<HTMLDivElement>(null);
	const stages = useStages(ref);
	const { data } = useSuspenseQuery(endpoints(ref.org, { project: ref.project }));
	const all = data.filter((it) => it.component === ref.component);
	const environment =
		search.environment ?? stages.find((it) => all.some((e) => e.environment === it)) ?? stages[0] ?? "";
	const mine = all.filter((it) => it.environment === environment);
	const open = mine.filter((it) => it.visibility === "public" && it.url);
	const chosen = open.find((it) => it.name === search.endpoint) ?? open[0];
	const choose = (change: Partial<TryOutSearch>) =>
		navigate({
			to: "/orgs/$org/projects/$project/components/$component/endpoints",
			params: ref,
			search: { ...search, environment, ...change },
			replace: true,
			resetScroll: false,
		});
	return (
		<>
			<EnvironmentTabs environments={stages} current={environment} />
			<Section title={t`Endpoints`} id="endpoints" hint={t`What it offers, to whom, and whether it answers.`}>
				<Table
					label={t`Endpoints`}
					rows={mine}
					row={(it) => it.name}
					empty={
						<Empty icon={<Globe aria-hidden />} title={t`It offers nothing in ${environment}`}>
							<Trans>What its descriptor declares under endpoints shows up here once it is deployed there.</Trans>
						</Empty>
					}
					columns={[
						{ title: t`Endpoint`, cell: (it) => it.name },
						{ title: t`Health`, cell: (it) => <Status state={it.health} /> },
						{
							title: t`Offered to`,
							spare: true,
							cell: (it) => <Badge tone={TONES[it.visibility]}>{it.visibility}</Badge>,
						},
						{ title: t`Release`, spare: true, cell: (it) => <code>{it.release ?? "–"}</code> },
						{ title: t`Address`, wide: true, cell: (it) => <Address it={it} /> },
						{
							title: t`Try it out`,
							quiet: true,
							end: true,
							cell: (it) =>
								open.length > 1 &&
								open.includes(it) && (
									<Button
										small
										aria-pressed={it === chosen}
										onClick={async () => {
											await choose({ endpoint: it.name });
											form.current?.scrollIntoView({ block: "start" });
										}}
									>
										<Trans>Try {it.name}</Trans>
									</Button>
								),
						},
					]}
				/>
			</Section>
			<div ref={form}>
				{chosen ? (
					<TryOut
						key={`${environment}/${chosen.name}`}
						place={ref}
						environment={environment}
						endpoint={chosen.name}
						url={chosen.url!}
						method={search.method}
						path={search.path}
						onChange={choose}
					/>
				) : (
					mine.length > 0 && (
						<p className="dim">
							<Trans>
								None of them is public: only what anybody may call can be tried out from here. Others are called by the
								components that have declared a connection.
							</Trans>
						</p>
					)
				)}
			</div>
		</>
	);
}
