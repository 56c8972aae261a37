import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Scaling } from "lucide-react";
import { useState } from "react";
import { cell } from "../api/cellQueries";
import { api, data } from "../api/client";
import { COMPONENT, type ComponentRef, keys, path } from "../api/queries";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { SelectField, TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { isSaid, MOST, options, read, type Said, type Written, writtenOf } from "./scaling";

/** Another number of instances, or as many as their load needs. */
export function Scale({ environment, said, ...ref }: ComponentRef & { environment: string; said: Said }) {
	const { data: view } = useSuspenseQuery(cell(ref, environment));
	const component = view.document.spec.components.find((it) => it.name === ref.component);
	const [open, setOpen] = useState(false);
	const [written, setWritten] = useState<Written>(writtenOf(component));
	const send = (wanted: Said) =>
		data(
			api.POST(`${COMPONENT}/scalings`, {
				params: { path: path.component(ref) },
				body: { environment, ...wanted },
			}),
		);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: send,
		refresh: [
			[...keys.component(ref), "deployments"],
			[...keys.project(ref), "cells"],
		],
		done: (_, wanted) => ({ title: sentence(wanted, environment), undo: () => send(said) }),
	});
	const wanted = read(written);
	const finish = async (what: Said) => {
		if (await act(what)) setOpen(false);
	};
	return (
		<>
			<Button
				small
				icon={<Scaling aria-hidden />}
				onClick={() => {
					setWritten(writtenOf(component));
					setOpen(true);
				}}
			>
				<Trans>Scale</Trans>
			</Button>
			<Dialog open={open} onClose={() => setOpen(false)} title={t`Scale ${ref.component} in ${environment}`}>
				<DialogForm
					action={t`Scale`}
					command={`cyto scale ${ref.project}/${ref.component} -e ${environment} ${options(written)}`}
					busy={busy}
					trouble={trouble}
					disabled={!wanted}
					onClose={() => setOpen(false)}
					onSubmit={() => wanted && void finish(wanted)}
				>
					<Fields written={written} onChange={setWritten} environment={environment} wrong={wrong} />
					{isSaid(said) && (
						<div>
							<Button small onClick={() => void finish({})}>
								<Trans>As the descriptor says</Trans>
							</Button>
						</div>
					)}
				</DialogForm>
			</Dialog>
		</>
	);
}

function Fields({
	written,
	onChange,
	environment,
	wrong,
}: {
	written: Written;
	onChange: (written: Written) => void;
	environment: string;
	wrong: (field: string) => string | undefined;
}) {
	const bound = (field: "number" | "min" | "max" | "cpu" | "memory") => ({
		type: "number",
		min: 1,
		value: written[field],
		onChange: (event: { target: { value: string } }) => onChange({ ...written, [field]: event.target.value }),
	});
	return (
		<>
			<SelectField
				label={t`How many`}
				value={written.way}
				onChange={(event) => onChange({ ...written, way: event.target.value as Written["way"] })}
				hint={t`Holds in ${environment} for later releases, too.`}
				wrong={wrong("autoscaling")}
			>
				<option value="number">{t`A fixed number`}</option>
				<option value="load">{t`As many as their load needs`}</option>
			</SelectField>
			{written.way === "number" ? (
				<TextField
					label={t`Instances`}
					{...bound("number")}
					max={MOST}
					hint={t`From 1 to ${MOST}.`}
					wrong={wrong("replicas")}
					autoFocus
				/>
			) : (
				<>
					<TextField label={t`At least`} {...bound("min")} max={MOST} wrong={wrong("autoscaling.minInstances")} />
					<TextField
						label={t`At most`}
						{...bound("max")}
						max={MOST}
						hint={t`From 1 to ${MOST}.`}
						wrong={wrong("autoscaling.maxInstances")}
					/>
					<TextField
						label={t`CPU to be used, in percent`}
						{...bound("cpu")}
						max={100}
						hint={t`Of what each asks for, on average. When they use more, more of them run.`}
						wrong={wrong("autoscaling.cpuPercent")}
					/>
					<TextField
						label={t`Memory to be used, in percent`}
						{...bound("memory")}
						max={100}
						hint={t`Empty: it does not count.`}
						wrong={wrong("autoscaling.memoryPercent")}
					/>
				</>
			)}
		</>
	);
}

function sentence(wanted: Said, environment: string): string {
	if (wanted.replicas != null) {
		return t`${plural(wanted.replicas, { one: "# instance runs", other: "# instances run" })} in ${environment}`;
	}
	const load = wanted.autoscaling;
	return load
		? t`${load.minInstances ?? 1} to ${load.maxInstances} instances run in ${environment}, as their load needs`
		: t`As many instances run in ${environment} as the descriptor says`;
}
