import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { api, data } from "../api/client";
import { COMPONENT, type ComponentRef, deployments, keys, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Dialog";
import { useAct } from "../ui/useAct";
import { Scale } from "./Scale";
import { saidOf } from "./scaling";

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
			<Scale {...ref} environment={environment} said={saidOf(current)} />
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
