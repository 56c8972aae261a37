import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { api, data } from "../api/client";
import { COMPONENT, type ComponentRef, keys, path } from "../api/queries";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { TextArea } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { argumentsOf, commandOf } from "./arguments";

/** Orders a run, and shows it. */
export function RunNow({ environment, look, ...ref }: ComponentRef & { environment: string; look?: "primary" }) {
	const navigate = useNavigate();
	const [open, setOpen] = useState(false);
	const [text, setText] = useState("");
	const given = argumentsOf(text);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.POST(`${COMPONENT}/runs`, {
					params: { path: path.component(ref) },
					body: { environment, ...(given.length > 0 && { arguments: given }) },
				}),
			),
		refresh: [[...keys.component(ref), "runs"]],
		done: () => t`A run in ${environment} is ordered`,
	});
	return (
		<>
			<Button small look={look ?? "plain"} icon={<Play aria-hidden />} onClick={() => setOpen(true)}>
				<Trans>Run now</Trans>
			</Button>
			<Dialog open={open} onClose={() => setOpen(false)} title={t`Run ${ref.component} in ${environment}`}>
				<DialogForm
					action={t`Run`}
					command={commandOf(ref, environment, given)}
					busy={busy}
					trouble={trouble}
					onClose={() => setOpen(false)}
					onSubmit={() =>
						void act().then((run) => {
							if (!run) return;
							setOpen(false);
							void navigate({ to: ".", search: (before) => ({ ...before, environment, run: run.id }) });
						})
					}
				>
					<TextArea
						label={t`Arguments`}
						rows={3}
						value={text}
						onChange={(event) => setText(event.target.value)}
						hint={t`One in each line; they follow the component's command, and no shell reads them. They are shown with the run: a secret does not belong here.`}
						wrong={wrong("arguments")}
						spellCheck={false}
						className="mono"
					/>
				</DialogForm>
			</Dialog>
		</>
	);
}
