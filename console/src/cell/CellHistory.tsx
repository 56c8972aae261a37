import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schema } from "../api/client";
import { cellDiff, cellVersions, type ProjectRef } from "../api/queries";
import { Cli } from "../ui/Copy";
import { SelectField } from "../ui/Field";
import { Empty, Failed, Section, Skeleton } from "../ui/Page";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import "../endpoint/endpoints.css";

type Change = Schema["CellChange"];

const WORDS: Record<NonNullable<Change["aspect"]>, string> = {
	COMPONENT: "component",
	RELEASE: "release",
	COMMAND: "command",
	ENDPOINT: "endpoint",
	CALLER: "caller",
	CONNECTION: "connection",
	SETTING: "setting",
	SECRET: "secret",
	PROBE: "probe",
	INSTANCES: "instances",
	LIMIT: "limit",
	RESTART: "restart",
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
			{it.version} · {new Date(it.createdAt).toLocaleString("en-GB")}
		</option>
	);
	return (
		<Section
			title="What changed"
			id="cell-history"
			hint="Between two of the cell's newest 20 versions. Of secrets, only that they changed."
		>
			<div className="endpoint-filters" role="group" aria-label="Versions">
				<SelectField
					label="From version"
					value={from}
					onChange={(event) => setChosen({ ...chosen, from: Number(event.target.value) })}
				>
					{versions?.map(option) ?? <option>{from}</option>}
				</SelectField>
				<SelectField
					label="To version"
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
					label="What changed"
					rows={data.changes}
					row={(it) => `${it.component}/${it.aspect}/${it.name ?? ""}`}
					empty={<Empty title={`Nothing is different between version ${from} and ${to}`} />}
					columns={[
						{ title: "Component", cell: (it) => it.component },
						{
							title: "What",
							cell: (it) => (
								<>
									{it.aspect && <Badge>{WORDS[it.aspect]}</Badge>} {it.name && <code>{it.name}</code>}
								</>
							),
						},
						{ title: "Before", cell: (it) => <Value text={it.before} /> },
						{ title: "After", wide: true, cell: (it) => <Value text={it.after} /> },
					]}
				/>
			)}
			<Cli command={`cyto cell diff ${ref.project}/${environment} --from ${from} --to ${to}`} />
		</Section>
	);
}

function Value({ text }: { text: string | null | undefined }) {
	return text == null ? <span className="dim">none</span> : <code className="cell-value">{text}</code>;
}
