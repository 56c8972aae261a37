import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { api, data, ifMatch, type Schema } from "../api/client";
import { type ComponentRef, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { TextArea } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import { lines } from "./lines";
import "./webhook.css";

const WEBHOOK = "/api/v1/organizations/{organization}/projects/{project}/components/{component}/webhook";

/** Which pushes are built. */
export function Filters({ hook, branch, ...ref }: ComponentRef & { hook: Schema["WebhookView"]; branch: string }) {
	const allowed = useAllowed(ref.org);
	const [branches, setBranches] = useState(hook.branches.join("\n"));
	const [paths, setPaths] = useState(hook.paths.join("\n"));
	const body = { branches: lines(branches), paths: lines(paths) };
	const changed =
		body.branches.join("\n") !== hook.branches.join("\n") || body.paths.join("\n") !== hook.paths.join("\n");
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () => data(api.PUT(WEBHOOK, { params: { path: path.component(ref), header: ifMatch(hook) }, body })),
		refresh: [[...keys.component(ref), "webhook"]],
		done: () => t`Saved`,
	});
	const options = [...body.branches.map((it) => ` --branch '${it}'`), ...body.paths.map((it) => ` --path '${it}'`)];
	return (
		<form
			className="webhook-filters"
			onSubmit={(event) => {
				event.preventDefault();
				void act();
			}}
		>
			<TextArea
				label={t`Branches that are built`}
				value={branches}
				onChange={(e) => setBranches(e.target.value)}
				placeholder={branch}
				rows={3}
				hint={
					<Trans>
						One pattern a line, like <code>release/*</code>. Empty: the component's own branch, {branch}.
					</Trans>
				}
				wrong={wrong("branches")}
				disabled={!allowed.develop}
			/>
			<TextArea
				label={t`Paths that matter`}
				value={paths}
				onChange={(e) => setPaths(e.target.value)}
				placeholder="services/api/**"
				rows={3}
				hint={t`A push is built when it changed a file that matches one. Empty: any file.`}
				wrong={wrong("paths")}
				disabled={!allowed.develop}
			/>
			<Wrong text={trouble} />
			{allowed.develop && (
				<div className="form-actions">
					<Button type="submit" look="primary" busy={busy} disabled={!changed}>
						<Trans>Save filters</Trans>
					</Button>
					<Cli
						command={`cyto webhook set ${ref.project}/${ref.component}${options.join("")} --organization ${ref.org}`}
					/>
				</div>
			)}
		</form>
	);
}
