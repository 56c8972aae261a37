import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Webhook as Icon } from "lucide-react";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { type ComponentRef, component, keys, path, webhook } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Cli, CodeBlock } from "../ui/Copy";
import { Confirm, Dialog } from "../ui/Dialog";
import { Once } from "../ui/Once";
import { Empty, Panel, Section } from "../ui/Page";
import { useAct } from "../ui/useAct";
import { Deliveries } from "./Deliveries";
import { Filters } from "./Filters";

const WEBHOOK = "/api/v1/organizations/{organization}/projects/{project}/components/{component}/webhook";

/** How the Git host of a component tells of pushes. */
export function WebhookPage(ref: ComponentRef) {
	const { data: it } = useSuspenseQuery(component(ref));
	const { data: hook } = useSuspenseQuery(webhook(ref));
	const [made, setMade] = useState<Schema["WebhookView"]>();
	if (it.source.kind !== "git") {
		return (
			<Empty title={t`No webhook is needed`} icon={<Icon aria-hidden />}>
				<Trans>
					This component is built from its repository on the platform: a push there starts a build by itself.
				</Trans>
			</Empty>
		);
	}
	return (
		<>
			{hook ? (
				<Existing {...ref} hook={hook} branch={it.source.branch} onSecret={setMade} />
			) : (
				<None {...ref} onMade={setMade} />
			)}
			<Dialog open={made !== undefined} onClose={() => setMade(undefined)} title={t`Enter this at GitHub`} wide>
				{made?.secret && (
					<Once
						values={[
							{ name: t`Payload URL`, text: made.url },
							{ name: t`Secret`, text: made.secret },
						]}
						onClose={() => setMade(undefined)}
					>
						<p>
							<Trans>
								In the repository: Settings, Webhooks, Add webhook. Content type <code>application/json</code>, only the
								push event. GitHub sends a ping at once; it shows up among the deliveries.
							</Trans>
						</p>
					</Once>
				)}
			</Dialog>
		</>
	);
}

function None({ onMade, ...ref }: ComponentRef & { onMade: (it: Schema["WebhookView"]) => void }) {
	const allowed = useAllowed(ref.org);
	const { act, busy } = useAct({
		// There is none yet that it could be the precondition of.
		run: () =>
			data(
				api.PUT(WEBHOOK, {
					params: { path: path.component(ref), header: {} as Record<"If-Match", string> },
					body: {},
				}),
			),
		refresh: [[...keys.component(ref), "webhook"]],
		done: () => undefined,
	});
	return (
		<Empty
			title={t`No webhook yet`}
			icon={<Icon aria-hidden />}
			action={
				allowed.develop && (
					<>
						<Button
							look="primary"
							busy={busy}
							onClick={async () => {
								const made = await act();
								if (made) onMade(made);
							}}
						>
							<Trans>Set up webhook</Trans>
						</Button>
						<Cli command={`cyto webhook set ${ref.project}/${ref.component} --organization ${ref.org}`} />
					</>
				)
			}
		>
			<Trans>
				With a webhook GitHub tells of each push, and it is built at once. Without one, builds are started by hand.
			</Trans>
		</Empty>
	);
}

function Existing({
	hook,
	branch,
	onSecret,
	...ref
}: ComponentRef & { hook: Schema["WebhookView"]; branch: string; onSecret: (it: Schema["WebhookView"]) => void }) {
	const allowed = useAllowed(ref.org);
	const client = useQueryClient();
	const [asked, setAsked] = useState<"rotate" | "delete">();
	const refresh = () => client.invalidateQueries({ queryKey: [...keys.component(ref), "webhook"] });
	const name = `${ref.project}/${ref.component} --organization ${ref.org}`;
	return (
		<>
			<Section
				title={t`Webhook`}
				id="webhook"
				hint={t`Enter this address at GitHub, with the content type application/json and the secret that was shown.`}
				actions={
					allowed.develop && (
						<Button onClick={() => setAsked("rotate")}>
							<Trans>New secret</Trans>
						</Button>
					)
				}
			>
				<CodeBlock text={hook.url} what={t`address`} />
				<Filters key={hook.version} {...ref} hook={hook} branch={branch} />
			</Section>
			<Deliveries {...ref} />
			{allowed.develop && (
				<Section title={t`Danger zone`} id="danger">
					<Panel className="danger">
						<div>
							<h3>
								<Trans>Delete this webhook</Trans>
							</h3>
							<p className="dim">
								<Trans>Deliveries are refused from then on. Builds can still be started by hand.</Trans>
							</p>
						</div>
						<Button look="danger" onClick={() => setAsked("delete")}>
							<Trans>Delete webhook</Trans>
						</Button>
					</Panel>
				</Section>
			)}
			<Confirm
				open={asked === "rotate"}
				onClose={() => setAsked(undefined)}
				title={t`Make a new secret?`}
				action={t`Make new secret`}
				command={`cyto webhook rotate ${name}`}
				onConfirm={async () => {
					const made = await data(api.POST(`${WEBHOOK}/rotate`, { params: { path: path.component(ref) } }));
					await refresh();
					onSecret(made);
				}}
			>
				<p>
					<Trans>
						The old one stops counting at once: deliveries are refused until the new one is entered at GitHub.
					</Trans>
				</p>
			</Confirm>
			<Confirm
				open={asked === "delete"}
				onClose={() => setAsked(undefined)}
				title={t`Delete this webhook?`}
				action={t`Delete webhook`}
				typed={ref.component}
				command={`cyto webhook delete ${name}`}
				onConfirm={async () => {
					await api.DELETE(WEBHOOK, { params: { path: path.component(ref) } });
					await refresh();
				}}
			>
				<p>
					<Trans>Its secret and its filters are gone. A new webhook has the same address, and another secret.</Trans>
				</p>
			</Confirm>
		</>
	);
}
