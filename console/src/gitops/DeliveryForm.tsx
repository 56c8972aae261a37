import { t } from "@lingui/core/macro";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { DialogForm } from "../ui/DialogForm";
import { Check, Choices, TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { at, DELIVERY, delivery, type EnvironmentRef } from "./delivery";

type Mode = Schema["DeliveryView"]["mode"];

/** Where an environment's cells are written to, and who brings them from there. */
export function DeliveryForm({
	it,
	onClose,
	...ref
}: EnvironmentRef & { it: Schema["DeliveryView"] | null; onClose: () => void }) {
	const [url, setUrl] = useState(it?.url ?? "");
	const [branch, setBranch] = useState(it?.branch ?? "main");
	const [directory, setDirectory] = useState(it?.directory ?? ref.environment);
	const [username, setUsername] = useState("cytoplane");
	const [token, setToken] = useState("");
	const [mode, setMode] = useState<Mode>(it?.mode ?? "link");
	const [heal, setHeal] = useState(it?.onDrift === "heal");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.PUT(DELIVERY, {
					params: { path: at(ref), ...(it && { header: ifMatch(it) }) },
					body: {
						url,
						branch,
						directory,
						mode,
						onDrift: heal ? "heal" : "keep",
						// Without new ones the old stay.
						...(token && { credentials: { username, token } }),
					},
				}),
			),
		refresh: [delivery(ref).queryKey],
		done: () => t`The cells of ${ref.environment} are written to ${url}`,
	});
	return (
		<DialogForm
			action={it ? t`Save` : t`Write them`}
			command={`cyto environment delivery set ${ref.environment} --organization ${ref.org} --url ${url || "URL"} --branch ${branch} --directory ${directory} --mode ${mode} --on-drift ${heal ? "heal" : "keep"}${token ? ` --username ${username}` : ""}`}
			trouble={trouble}
			busy={busy}
			disabled={!url || !branch || !directory}
			onClose={onClose}
			onSubmit={async () => {
				if (await act()) onClose();
			}}
		>
			<TextField
				label={t`Repository`}
				value={url}
				onChange={(e) => setUrl(e.target.value)}
				hint={t`By https, as in https://git.example.com/platform/cells.git`}
				wrong={wrong("url")}
				required
			/>
			<TextField
				label={t`Branch`}
				value={branch}
				onChange={(e) => setBranch(e.target.value)}
				hint={t`Made when it is not there.`}
				wrong={wrong("branch")}
			/>
			<TextField
				label={t`Folder`}
				value={directory}
				onChange={(e) => setDirectory(e.target.value)}
				hint={t`Its own for each environment; a point is the root.`}
				wrong={wrong("directory")}
			/>
			<TextField
				label={t`User`}
				value={username}
				onChange={(e) => setUsername(e.target.value)}
				wrong={wrong("username")}
			/>
			<TextField
				label={t`Token`}
				type="password"
				value={token}
				onChange={(e) => setToken(e.target.value)}
				hint={
					it?.hasCredentials
						? t`Empty: the one that is kept stays. It is never shown.`
						: t`It may read and write the repository. It is kept encrypted and never shown.`
				}
				wrong={wrong("token") ?? wrong("credentials")}
			/>
			<Choices
				label={t`Who brings the cells to the cluster`}
				name="mode"
				value={mode}
				onChange={setMode}
				choices={[
					{ value: "link", title: t`The link`, hint: t`The data plane applies them; the repository is a copy.` },
					{
						value: "git",
						title: t`The repository`,
						hint: t`Flux, Argo CD or kubectl. The data plane must be on Kubernetes, and applies nothing of this environment.`,
					},
				]}
			/>
			<Check
				label={t`Write over what somebody else changes`}
				hint={t`Otherwise it is shown as drifted until somebody heals it.`}
				checked={heal}
				onChange={(e) => setHeal(e.target.checked)}
			/>
		</DialogForm>
	);
}
