import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { Schema } from "../api/client";
import { dateTime } from "../lib/time";
import { Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { SelectField } from "../ui/Field";
import { useAct } from "../ui/useAct";

/** Any release, into the first environment of the pipeline. */
export function DeployRelease({
	environment,
	releases: made,
	name,
	onClose,
	onDeploy,
}: {
	environment: string;
	releases: Schema["ReleaseView"][];
	name: string;
	onClose: () => void;
	onDeploy: (release: string) => Promise<unknown>;
}) {
	const [release, setRelease] = useState(made[0]?.id ?? "");
	const { act, busy, trouble } = useAct({
		inForm: true,
		run: () => onDeploy(release),
		done: () => t`${release} is on its way to ${environment}`,
	});
	return (
		<Dialog open onClose={onClose} title={t`Deploy to ${environment}`}>
			<DialogForm
				action={t`Deploy`}
				command={`cyto promote ${name} --to ${environment} --release ${release}`}
				busy={busy}
				onClose={onClose}
				onSubmit={async () => {
					if (await act()) onClose();
				}}
			>
				<SelectField
					label={t`Release`}
					value={release}
					onChange={(event) => setRelease(event.target.value)}
					wrong={trouble}
				>
					{made.map((it) => (
						<option key={it.id} value={it.id}>
							<Trans>
								{it.id} · commit {it.commit.slice(0, 7)} · {dateTime(it.createdAt)}
							</Trans>
						</option>
					))}
				</SelectField>
			</DialogForm>
		</Dialog>
	);
}
