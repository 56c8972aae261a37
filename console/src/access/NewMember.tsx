import { t } from "@lingui/core/macro";
import { useState } from "react";
import { api, data } from "../api/client";
import { keys, path } from "../api/queries";
import { DialogForm } from "../ui/DialogForm";
import { Choices, TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { RoleFields } from "./RoleFields";
import type { Role } from "./words";

export function NewMember({ org, username: given, onClose }: { org: string; username: string; onClose: () => void }) {
	const [username, setUsername] = useState(given);
	const [role, setRole] = useState<Role>("developer");
	const [project, setProject] = useState("");
	const [effect, setEffect] = useState<"allow" | "deny">("allow");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.POST("/api/v1/organizations/{organization}/members", {
					params: { path: path.org(org) },
					body: { username: username.trim(), role, project: project || null, effect },
				}),
			),
		refresh: [[...keys.org(org), "members"]],
		done: () => (effect === "deny" ? t`${username} is denied ${role}` : t`${username} is ${role} now`),
	});
	return (
		<DialogForm
			action={effect === "deny" ? t`Deny role` : t`Give role`}
			command={`cyto create member ${username || "USER"} --role ${role}${project ? ` --project ${project}` : ""}${effect === "deny" ? " --deny" : ""} --organization ${org}`}
			trouble={trouble}
			busy={busy}
			disabled={!username.trim()}
			onClose={onClose}
			onSubmit={async () => {
				if (await act()) onClose();
			}}
		>
			<TextField
				label={t`User name`}
				value={username}
				onChange={(e) => setUsername(e.target.value)}
				hint={t`As the person signs in. They need an account at the identity provider first.`}
				wrong={wrong("username")}
				autoFocus={!given}
				required
			/>
			<Choices
				label={t`What`}
				name="effect"
				value={effect}
				onChange={setEffect}
				choices={[
					{ value: "allow", title: t`Give the role`, hint: t`Of several roles the highest counts.` },
					{
						value: "deny",
						title: t`Deny the role and those above`,
						hint: t`Beats whatever is given elsewhere. Denying viewer shuts somebody out.`,
					},
				]}
			/>
			<RoleFields org={org} role={role} onRole={setRole} project={project} onProject={setProject} wrong={wrong} />
		</DialogForm>
	);
}
