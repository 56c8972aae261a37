import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { dataPlanes, environments, type ProjectRef, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { SelectField, TextField } from "../ui/Field";
import { MenuItem } from "../ui/Menu";
import { Empty, Section } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { Table } from "../ui/Table";
import { useAct } from "../ui/useAct";
import { PLACEMENT, placements } from "./queries";

/** Cells of the project that run elsewhere than their environment says. */
export function Placements(ref: ProjectRef) {
	const { data: list } = useSuspenseQuery(placements(ref));
	const { data: places } = useSuspenseQuery(environments(ref.org));
	const allowed = useAllowed(ref.org);
	const [placing, setPlacing] = useState(false);
	const place = (environment: string, dataPlane: string) =>
		data(
			api.PUT(PLACEMENT, {
				params: { path: { ...path.project(ref), environment } },
				body: { dataPlane },
			}),
		);
	const { act } = useAct({
		run: (it: Schema["Placement"]) =>
			api.DELETE(PLACEMENT, { params: { path: { ...path.project(ref), environment: it.environment } } }),
		refresh: [placements(ref).queryKey],
		done: (_, it) => t`In ${it.environment} it runs where the environment says`,
	});
	return (
		<Section
			id="placements"
			title={t`Placements`}
			hint={t`A cell runs on its environment's data plane, unless it is placed on another one before anything is deployed there.`}
			actions={
				allowed.manage && (
					<Button icon={<Plus aria-hidden />} onClick={() => setPlacing(true)}>
						<Trans>Place a cell</Trans>
					</Button>
				)
			}
		>
			<Table
				label={t`Placements`}
				rows={list}
				row={(it) => it.environment}
				empty={<Empty title={t`Every cell runs where its environment says`} />}
				columns={[
					{ title: t`Environment`, cell: (it) => <strong>{it.environment}</strong> },
					{ title: t`Data plane`, cell: (it) => <code>{it.dataPlane}</code> },
					{
						title: t`Instead of`,
						wide: true,
						cell: (it) => <code>{places.find((other) => other.name === it.environment)?.dataPlane}</code>,
					},
					...(allowed.manage
						? [
								{
									title: t`Actions`,
									quiet: true,
									end: true,
									cell: (it: Schema["Placement"]) => (
										<RowMenu of={it.environment}>
											<MenuItem onClick={() => void act(it)}>
												<Trans>Let it run where its environment says</Trans>
											</MenuItem>
										</RowMenu>
									),
								},
							]
						: []),
				]}
			/>
			<Dialog open={placing} onClose={() => setPlacing(false)} title={t`Place a cell`}>
				<PlacementForm {...ref} place={place} onClose={() => setPlacing(false)} />
			</Dialog>
		</Section>
	);
}

function PlacementForm({
	place,
	onClose,
	...ref
}: ProjectRef & { place: (environment: string, dataPlane: string) => Promise<unknown>; onClose: () => void }) {
	const allowed = useAllowed(ref.org);
	const { data: places } = useSuspenseQuery(environments(ref.org));
	const { data: registered, isLoading } = useQuery({ ...dataPlanes, enabled: allowed.platform });
	const [environment, setEnvironment] = useState(places[0]?.name ?? "");
	const [chosen, setChosen] = useState<string>();
	const own = places.find((it) => it.name === environment)?.dataPlane;
	// Who may not list the data planes knows those that are in use.
	const others = [...new Set([...(registered?.map((it) => it.name) ?? []), ...places.map((it) => it.dataPlane)])]
		.filter((it) => it !== own)
		.sort();
	const dataPlane = chosen ?? others[0] ?? "";
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => place(environment, dataPlane),
		refresh: [placements(ref).queryKey],
		done: () => t`In ${environment} it runs on ${dataPlane}`,
	});
	return (
		<DialogForm
			action={t`Place it`}
			command={`cyto create placement ${ref.project} ${environment || "ENVIRONMENT"} --data-plane ${dataPlane || "NAME"} --organization ${ref.org}`}
			trouble={trouble}
			busy={busy}
			disabled={!environment || !dataPlane}
			onClose={onClose}
			onSubmit={async () => {
				if (await act()) onClose();
			}}
		>
			<SelectField
				label={t`Environment`}
				value={environment}
				onChange={(e) => {
					setEnvironment(e.target.value);
					setChosen(undefined);
				}}
				hint={own && t`Its cells run on ${own}.`}
				wrong={wrong("environment")}
			>
				{places.map((it) => (
					<option key={it.name}>{it.name}</option>
				))}
			</SelectField>
			{others.length > 0 || isLoading ? (
				<SelectField
					label={t`Data plane`}
					value={dataPlane}
					disabled={isLoading}
					onChange={(e) => setChosen(e.target.value)}
					wrong={wrong("dataPlane")}
				>
					{others.map((it) => (
						<option key={it}>{it}</option>
					))}
				</SelectField>
			) : (
				<TextField
					label={t`Data plane`}
					value={dataPlane}
					onChange={(e) => setChosen(e.target.value)}
					hint={t`Ask who runs the platform for its name.`}
					wrong={wrong("dataPlane")}
					required
				/>
			)}
		</DialogForm>
	);
}
