import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { dataPlanes } from "../api/queries";
import { DialogForm } from "../ui/DialogForm";
import { TextField } from "../ui/Field";
import { NameField } from "../ui/NameField";
import { Once } from "../ui/Once";
import { useAct } from "../ui/useAct";
import { JOIN_COMMAND, joinSettings } from "./join";

export function NewDataPlane({
	onClose,
	onCreated,
}: {
	onClose: () => void;
	onCreated: (it: Schema["Invitation"]) => void;
}) {
	const [name, setName] = useState("");
	const [domain, setDomain] = useState("");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => data(api.POST("/api/v1/data-planes", { body: { name, domain: domain || null } })),
		refresh: [[...dataPlanes.queryKey]],
		done: () => undefined,
	});
	return (
		<DialogForm
			action={t`Register data plane`}
			command={`cyto create data-plane ${name || "NAME"}${domain ? ` --domain ${domain}` : ""}`}
			trouble={trouble}
			busy={busy}
			disabled={!name}
			onClose={onClose}
			onSubmit={async () => {
				const made = await act();
				if (made) onCreated(made);
			}}
		>
			<NameField value={name} onChange={setName} wrong={wrong("name")} />
			<TextField
				label={t`Domain`}
				value={domain}
				onChange={(e) => setDomain(e.target.value)}
				placeholder="localhost"
				hint={t`Public addresses of its cells lie under it. Its names have to lead to the data plane's gateways.`}
				wrong={wrong("domain")}
			/>
		</DialogForm>
	);
}

export function JoinToken({
	of,
	onClose,
	onCreated,
}: {
	of: Schema["DataPlaneView"];
	onClose: () => void;
	onCreated: (it: Schema["Invitation"]) => void;
}) {
	const { act, busy, trouble } = useAct({
		inForm: true,
		run: () =>
			data(api.POST("/api/v1/data-planes/{dataPlane}/join-token", { params: { path: { dataPlane: of.name } } })),
		refresh: [[...dataPlanes.queryKey]],
		done: () => undefined,
	});
	return (
		<DialogForm
			action={t`Make join token`}
			command={`cyto create join-token ${of.name}`}
			trouble={trouble}
			busy={busy}
			onClose={onClose}
			onSubmit={async () => {
				const made = await act();
				if (made) onCreated(made);
			}}
		>
			<p className="prose">
				{of.status === "PENDING"
					? t`Tokens from before do not count any more.`
					: t`As soon as the new token is used, the certificates that this data plane has now stop counting. Its cells go on running meanwhile.`}
			</p>
		</DialogForm>
	);
}

/** Everything that a data plane has to be told to join, shown this once. */
export function Joining({ invitation, onClose }: { invitation: Schema["Invitation"]; onClose: () => void }) {
	return (
		<Once
			values={[
				{ name: t`Settings to join with`, text: joinSettings(invitation) },
				{ name: t`Command`, text: JOIN_COMMAND },
			]}
			onClose={onClose}
		>
			<p>
				<Trans>
					Save the settings as <code>join.properties</code> on the machine that is to run cells, in one folder with the
					data plane's jar, its libraries in <code>lib</code>, and an <code>application.properties</code> that says how
					its gateway is started (<code>cytoplane.data-plane.gateway.command</code>) and on which ports. The token is
					good for one hour and one use; the fingerprint is how the data plane knows its control plane.
				</Trans>
			</p>
		</Once>
	);
}
