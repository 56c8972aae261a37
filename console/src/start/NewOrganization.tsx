import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data } from "../api/client";
import { asName, nameHint } from "../lib/names";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";

export function NewOrganization({ first }: { first: boolean }) {
	const navigate = useNavigate();
	const [displayName, setDisplayName] = useState("");
	const [typed, setTyped] = useState<string>();
	const name = typed ?? asName(displayName);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => data(api.POST("/api/v1/organizations", { body: { name, displayName: displayName || null } })),
		refresh: [["me"], ["orgs"]],
		done: () => undefined,
	});
	return (
		<form
			className="form"
			onSubmit={async (event) => {
				event.preventDefault();
				if (await act()) await navigate({ to: "/orgs/$org/new-project", params: { org: name } });
			}}
		>
			<TextField
				label={t`What is it called?`}
				value={displayName}
				onChange={(event) => setDisplayName(event.target.value)}
				wrong={wrong("displayName")}
				placeholder={first ? t`The Corner Shop` : undefined}
				autoFocus
				required
			/>
			<TextField
				label={t`Name in addresses`}
				value={name}
				onChange={(event) => setTyped(event.target.value)}
				hint={nameHint()}
				wrong={wrong("name") ?? trouble}
				required
			/>
			<div className="form-actions">
				<Button type="submit" look="primary" busy={busy} disabled={!name}>
					<Trans>Create organization</Trans>
				</Button>
				<Cli command={`cyto create organization ${name || "NAME"}`} />
			</div>
		</form>
	);
}
