import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cellDiff, cellVersions } from "../api/cellQueries";
import type { Schema } from "../api/client";
import type { ProjectRef } from "../api/queries";
import { dateTime } from "../lib/time";
import { Cli } from "../ui/Copy";
import { SelectField } from "../ui/Field";
import { Empty, Failed, Section, Skeleton } from "../ui/Page";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import "../endpoint/endpoints.css";

type Change = Schema["CellChange"];

const WORDS: Record<Change["aspect"], MessageDescriptor> = {
	COMPONENT: msg`component`,
	RELEASE: msg`release`,
	COMMAND: msg`command`,
	ENDPOINT: msg`endpoint`,
	CALLER: msg`caller`,
	CONNECTION: msg`connection`,
	SETTING: msg`setting`,
	SECRET: msg`secret`,
	PROBE: msg`probe`,
	INSTANCES: msg`instances`,
	LIMIT: msg`limit`,
	RESTART: msg`restart`,
};

/** What changed between two versions of a cell; at first, what the newest one brought. */
export function CellHistory({ environment, version, ...ref }: ProjectRef & { environment: string; version: number }) {
	const { data: versions } = useQuery(cellVersions(ref, environment));
	const [chosen, setChosen] = useState<{ from?: number; to?: number }>({});
	const to = chosen.to ?? version;
	const from = chosen.from ?? Math.max(1, to - 1);
	const { data, error, refetch } = useQuery(cellDiff(ref, environment, from, to));
	const option = (it: Schema["Version"]) => (
		<option key={it.version} value={it.version}>
			{it.version} · {dateTime(it.createdAt)}
		</option>
	);
	return (
		<Section
			title={t`What changed`}
			id="cell-history"
			hint={t`Between two of the cell's newest 20 versions. Of secrets, only that they changed.`}
		>
			<div className="endpoint-filters cell-versions" role="group" aria-label={t`Versions`}>
				<SelectField
					label={t`From version`}
					value={from}
					onChange={(event) => setChosen({ ...chosen, from: Number(event.target.value) })}
				>
					{versions?.map(option) ?? <option>{from}</option>}
				</SelectField>
				<SelectField
					label={t`To version`}
					value={to}
					onChange={(event) => setChosen({ ...chosen, to: Number(event.target.value) })}
				>
					{versions?.map(option) ?? <option>{to}</option>}
				</SelectField>
			</div>
			{error && !data && <Failed failure={error} retry={() => void refetch()} />}
			{!data && !error && <Skeleton rows={3} />}
			{data && (
				<Table
					label={t`What changed`}
					rows={data.changes}
					row={(it) => `${it.component}/${it.aspect}/${it.name ?? ""}`}
					empty={<Empty title={t`Nothing is different between version ${from} and ${to}`} />}
					columns={[
						{ title: t`Component`, cell: (it) => it.component },
						{
							title: t`What`,
							cell: (it) => (
								<>
									<Badge>{i18n._(WORDS[it.aspect])}</Badge> {it.name && <code>{it.name}</code>}
								</>
							),
						},
						{ title: t`Before`, cell: (it) => <Value text={it.before} /> },
						{ title: t`After`, wide: true, cell: (it) => <Value text={it.after} /> },
					]}
				/>
			)}
			<Cli command={`cyto cell diff ${ref.project}/${environment} --from ${from} --to ${to}`} />
		</Section>
	);
}

function Value({ text }: { text: string | null | undefined }) {
	return text == null ? (
		<span className="dim">
			<Trans>none</Trans>
		</span>
	) : (
		<code className="cell-value">{text}</code>
	);
}
