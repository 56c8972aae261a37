import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { RotateCw, Scaling } from "lucide-react";
import { useState } from "react";
import { cell } from "../api/cellQueries";
import { api, data } from "../api/client";
import { COMPONENT, type ComponentRef, deployments, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Confirm, Dialog } from "../ui/Dialog";
import { DialogForm } from "../ui/DialogForm";
import { TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";

const MOST = 20;

interface Props extends ComponentRef {
	environment: string;
}

/** What can be done to what runs: other instances, or another number of them. Nothing where nothing runs. */
export function Operate({ environment, ...ref }: Props) {
	const { data: history } = useSuspenseQuery(deployments(ref));
	const allowed = useAllowed(ref.org);
	const here = history.filter((it) => it.environment === environment && it.status !== "SUPERSEDED");
	const current = here.find((it) => it.status !== "FAILED") ?? here[0];
	if (!allowed.develop || !current || current.kind === "UNDEPLOY") return null;
	return (
		<>
			<Scale {...ref} environment={environment} said={current.replicas ?? null} />
			<Restart {...ref} environment={environment} />
		</>
	);
}

function Restart({ environment, ...ref }: Props) {
	const [asked, setAsked] = useState(false);
	const { act } = useAct({
		run: () =>
			data(api.POST(`${COMPONENT}/restarts`, { params: { path: path.component(ref) }, body: { environment } })),
		refresh: [[...keys.component(ref), "deployments"]],
		done: () => t`New instances are started in ${environment}`,
	});
	return (
		<>
			<Button small icon={<RotateCw aria-hidden />} onClick={() => setAsked(true)}>
				<Trans>Restart</Trans>
			</Button>
			<Confirm
				open={asked}
				onClose={() => setAsked(false)}
				title={t`Restart ${ref.component} in ${environment}?`}
				action={t`Restart`}
				command={`cyto restart ${ref.project}/${ref.component} -e ${environment}`}
				onConfirm={() => act()}
			>
				<p>
					<Trans>
						Every instance is replaced by a new one of the same release. The old ones serve until the new ones are
						ready.
					</Trans>
				</p>
			</Confirm>
		</>
	);
}

function Scale({ environment, said, ...ref }: Props & { said: number | null }) {
	const { data: view } = useSuspenseQuery(cell(ref, environment));
	const wanted = view.document.spec.components.find((it) => it.name === ref.component)?.replicas ?? 1;
	const [open, setOpen] = useState(false);
	const [number, setNumber] = useState("");
	const send = (replicas: number | null) =>
		data(
			api.POST(`${COMPONENT}/scalings`, {
				params: { path: path.component(ref) },
				body: { environment, ...(replicas !== null && { replicas }) },
			}),
		);
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: send,
		refresh: [
			[...keys.component(ref), "deployments"],
			[...keys.project(ref), "cells"],
		],
		done: (_, replicas) => ({
			title:
				replicas === null
					? t`As many instances run in ${environment} as the descriptor says`
					: t`${plural(replicas, { one: "# instance runs", other: "# instances run" })} in ${environment}`,
			undo: () => send(said),
		}),
	});
	const command = `cyto scale ${ref.project}/${ref.component} -e ${environment}`;
	const finish = async (replicas: number | null) => {
		if (await act(replicas)) setOpen(false);
	};
	return (
		<>
			<Button
				small
				icon={<Scaling aria-hidden />}
				onClick={() => {
					setNumber(String(wanted));
					setOpen(true);
				}}
			>
				<Trans>Scale</Trans>
			</Button>
			<Dialog open={open} onClose={() => setOpen(false)} title={t`Scale ${ref.component} in ${environment}`}>
				<DialogForm
					action={t`Scale`}
					command={`${command} --instances ${number || "N"}`}
					busy={busy}
					trouble={trouble}
					disabled={!/^\d+$/.test(number)}
					onClose={() => setOpen(false)}
					onSubmit={() => void finish(Number(number))}
				>
					<TextField
						label={t`Instances`}
						type="number"
						min={1}
						max={MOST}
						value={number}
						onChange={(event) => setNumber(event.target.value)}
						hint={t`From 1 to ${MOST}. Holds in ${environment} for later releases, too.`}
						wrong={wrong("replicas")}
						autoFocus
					/>
					{said !== null && (
						<div>
							<Button small onClick={() => void finish(null)}>
								<Trans>As many as the descriptor says</Trans>
							</Button>
						</div>
					)}
				</DialogForm>
			</Dialog>
		</>
	);
}
