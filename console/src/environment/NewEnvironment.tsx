import { t } from "@lingui/core/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, data } from "../api/client";
import { dataPlanes, environments, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { DialogForm } from "../ui/DialogForm";
import { Check, SelectField, TextField } from "../ui/Field";
import { NameField } from "../ui/NameField";
import { useAct } from "../ui/useAct";

export function NewEnvironment({ org, onClose }: { org: string; onClose: () => void }) {
	const allowed = useAllowed(org);
	const { data: list } = useSuspenseQuery(environments(org));
	const { data: registered } = useQuery({ ...dataPlanes, enabled: allowed.platform });
	// Who may not list the data planes knows those that are in use.
	const known = [...new Set([...(registered?.map((it) => it.name) ?? []), ...list.map((it) => it.dataPlane)])].sort();
	const [name, setName] = useState("");
	const [dataPlane, setDataPlane] = useState<string>();
	const [production, setProduction] = useState(false);
	const on = dataPlane ?? (known.includes("local") ? "local" : (known[0] ?? ""));
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.POST("/api/v1/organizations/{organization}/environments", {
					params: { path: path.org(org) },
					body: { name, dataPlane: on, production },
				}),
			),
		refresh: [[...keys.org(org), "environments"]],
		done: () => t`Created ${name}`,
	});
	return (
		<DialogForm
			action={t`Create environment`}
			command={`cyto create environment ${name || "NAME"} --organization ${org} --data-plane ${on || "NAME"}${production ? " --production" : ""}`}
			trouble={trouble}
			busy={busy}
			disabled={!name || !on}
			onClose={onClose}
			onSubmit={async () => {
				if (await act()) onClose();
			}}
		>
			<NameField value={name} onChange={setName} wrong={wrong("name")} />
			{known.length > 0 ? (
				<SelectField
					label={t`Data plane`}
					value={on}
					onChange={(e) => setDataPlane(e.target.value)}
					hint={t`Where its cells run. This stays.`}
					wrong={wrong("dataPlane")}
				>
					{known.map((it) => (
						<option key={it}>{it}</option>
					))}
				</SelectField>
			) : (
				<TextField
					label={t`Data plane`}
					value={on}
					onChange={(e) => setDataPlane(e.target.value)}
					hint={t`Where its cells run. Ask who runs the platform for its name.`}
					wrong={wrong("dataPlane")}
					required
				/>
			)}
			<Check
				label={t`It is production`}
				hint={t`Marked wherever it is shown.`}
				checked={production}
				onChange={(e) => setProduction(e.target.checked)}
			/>
		</DialogForm>
	);
}
