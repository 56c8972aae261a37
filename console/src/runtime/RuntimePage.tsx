import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import type { Schema } from "../api/client";
import { type ComponentRef, instances } from "../api/queries";
import { EnvironmentTabs } from "../component/EnvironmentTabs";
import { useStages } from "../component/useStages";
import { bytes } from "../lib/time";
import { LogView } from "../log/LogView";
import { Cli, Id } from "../ui/Copy";
import { Empty, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { ByLoad } from "./ByLoad";
import { Operate } from "./Operate";
import { Sparkline } from "./Sparkline";
import { useLog } from "./useLog";
import "./runtime.css";

/** What runs now, and what it says. */
export function RuntimePage({ chosen, ...ref }: ComponentRef & { chosen: string | undefined }) {
	const stages = useStages(ref);
	const { data: all } = useSuspenseQuery(instances(ref));
	const environment = chosen ?? all[0]?.environment ?? stages[0] ?? "development";
	const mine = all.filter((it) => it.environment === environment);
	const figures = useFigures(all);
	const [instance, setInstance] = useState("");
	return (
		<>
			<EnvironmentTabs environments={stages} current={environment} />
			<Section
				title={t`Instances`}
				id="instances"
				hint={t`As the data plane last reported them; figures since this page was opened.`}
				actions={
					<Suspense>
						<Operate {...ref} environment={environment} />
					</Suspense>
				}
			>
				{mine.length > 0 && (
					<Suspense>
						<ByLoad {...ref} environment={environment} />
					</Suspense>
				)}
				<Table
					label={t`Instances`}
					rows={mine}
					row={(it) => it.id}
					empty={
						<Empty icon={<Activity aria-hidden />} title={t`Nothing runs in ${environment}`}>
							<Trans>Deploy a release there, and its instances show up here.</Trans>
						</Empty>
					}
					columns={[
						{ title: t`Instance`, cell: (it) => <Id text={it.id} what={t`instance`} /> },
						{ title: t`State`, cell: (it) => <Status state={it.phase} /> },
						{ title: t`Release`, spare: true, cell: (it) => <code>{it.release}</code> },
						{
							title: "CPU",
							end: true,
							cell: (it) => (
								<span className="figure" title={t`In thousandths of a processor`}>
									<Sparkline values={figures(it.id).map((f) => f.cpu)} label={t`CPU lately`} />
									{it.cpuMillis == null ? "–" : `${it.cpuMillis} m`}
								</span>
							),
						},
						{
							title: t`Memory`,
							end: true,
							cell: (it) => (
								<span className="figure">
									<Sparkline values={figures(it.id).map((f) => f.memory)} label={t`Memory lately`} />
									{it.memoryBytes == null ? "–" : bytes(it.memoryBytes)}
								</span>
							),
						},
						{
							title: t`Restarts`,
							spare: true,
							end: true,
							cell: (it) => (it.restarts ? <span className="tone-warn">{it.restarts}</span> : "0"),
						},
						{
							title: t`Last end`,
							spare: true,
							wide: true,
							cell: (it) => it.lastExit ?? <span className="dim">–</span>,
						},
						{ title: t`Up since`, end: true, cell: (it) => <Time at={it.startedAt} /> },
					]}
				/>
			</Section>
			<Section
				title={t`Log`}
				id="log"
				actions={<Cli command={`cyto logs ${ref.project}/${ref.component} -e ${environment} --follow`} />}
			>
				<Log key={`${environment}/${instance}`} {...ref} environment={environment} instance={instance}>
					<select
						className="input log-instance"
						aria-label={t`Instance`}
						value={instance}
						onChange={(event) => setInstance(event.target.value)}
					>
						<option value="">
							<Trans>All instances</Trans>
						</option>
						{mine.map((it) => (
							<option key={it.id}>{it.id}</option>
						))}
					</select>
				</Log>
			</Section>
		</>
	);
}

function Log({
	environment,
	instance,
	children,
	...ref
}: ComponentRef & { environment: string; instance: string; children: React.ReactNode }) {
	const { lines, state, refused } = useLog(ref, environment, instance || undefined);
	return (
		<LogView
			lines={lines}
			label={t`Log of ${ref.component} in ${environment}`}
			name={`${ref.component}-${environment}.log`}
			running
			tools={
				<>
					{children}
					{state === "lost" && (
						<span className="tone-bad" role="status">
							<Trans>Connection lost, trying again</Trans>
						</span>
					)}
				</>
			}
			empty={refused ?? (state === "open" ? t`It has written nothing yet.` : t`Connecting.`)}
		/>
	);
}

interface Figure {
	cpu: number;
	memory: number;
}

/** Keeps what was reported while the page is open: there is no store of figures yet. */
function useFigures(all: Schema["InstanceView"][]) {
	const kept = useRef(new Map<string, Figure[]>());
	useEffect(() => {
		for (const it of all) {
			const list = kept.current.get(it.id) ?? [];
			list.push({ cpu: it.cpuMillis ?? 0, memory: it.memoryBytes ?? 0 });
			kept.current.set(it.id, list.slice(-60));
		}
	}, [all]);
	return (id: string) => kept.current.get(id) ?? [];
}
