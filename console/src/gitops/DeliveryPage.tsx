import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { GitBranch } from "lucide-react";
import { useState } from "react";
import { api, ifMatch, type Schema } from "../api/client";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Id } from "../ui/Copy";
import { Confirm, Dialog } from "../ui/Dialog";
import { Empty, Fact, Facts, PageHeader } from "../ui/Page";
import { Time } from "../ui/Time";
import { DeliveredCells } from "./DeliveredCells";
import { DeliveryForm } from "./DeliveryForm";
import { at, DELIVERY, delivery, type EnvironmentRef, short } from "./delivery";

/** How an environment's cells get to its data plane: over the link, or through a Git repository. */
export function DeliveryPage(ref: EnvironmentRef) {
	const { data: it } = useSuspenseQuery({ ...delivery(ref), refetchInterval: 10_000 });
	const allowed = useAllowed(ref.org);
	const [changing, setChanging] = useState(false);
	const [ending, setEnding] = useState(false);
	const client = useQueryClient();
	return (
		<div className="page">
			<PageHeader
				title={t`Delivery of ${ref.environment}`}
				meta={
					<span>
						<Trans>
							The environment's cells in a Git repository: what is in sync, what drifted, and who changed it.
						</Trans>
					</span>
				}
				actions={
					it &&
					allowed.manage && (
						<>
							<Button onClick={() => setChanging(true)}>
								<Trans>Change</Trans>
							</Button>
							<Button look="danger" onClick={() => setEnding(true)}>
								<Trans>Write no more</Trans>
							</Button>
						</>
					)
				}
			/>
			{it ? (
				<>
					<Repository it={it} />
					<DeliveredCells {...ref} />
				</>
			) : (
				<Empty
					title={t`Its cells are told to the data plane over the link`}
					icon={<GitBranch aria-hidden />}
					action={
						allowed.manage && (
							<Button look="primary" onClick={() => setChanging(true)}>
								<Trans>Write them to a repository</Trans>
							</Button>
						)
					}
				>
					<Trans>
						They can be written to a Git repository as well, one file for each project, and brought to the cluster from
						there by Flux, Argo CD or kubectl.
					</Trans>
				</Empty>
			)}
			<Dialog
				open={changing}
				onClose={() => setChanging(false)}
				title={
					it ? t`Change the delivery of ${ref.environment}` : t`Write the cells of ${ref.environment} to a repository`
				}
			>
				<DeliveryForm {...ref} it={it} onClose={() => setChanging(false)} />
			</Dialog>
			<Confirm
				open={ending}
				onClose={() => setEnding(false)}
				title={t`Write the cells of ${ref.environment} to no repository any more?`}
				action={t`Write no more`}
				danger
				command={`cyto environment delivery remove ${ref.environment} --organization ${ref.org}`}
				onConfirm={async () => {
					await api.DELETE(DELIVERY, { params: { path: at(ref), header: ifMatch(it!) } });
					await client.invalidateQueries({ queryKey: delivery(ref).queryKey });
				}}
			>
				<p>
					<Trans>The files stay in the repository. The cells are delivered over the link again.</Trans>
				</p>
			</Confirm>
		</div>
	);
}

function Repository({ it }: { it: Schema["DeliveryView"] }) {
	return (
		<>
			<Facts>
				<Fact name={t`Repository`}>
					<Id text={it.url} what={t`address`} />
				</Fact>
				<Fact name={t`Branch`}>
					<code>{it.branch}</code>
				</Fact>
				<Fact name={t`Folder`}>
					<code>{it.directory}</code>
				</Fact>
				<Fact name={t`Brought by`}>
					{it.mode === "git" ? t`whoever applies the repository` : t`the link; the repository is a copy`}
				</Fact>
				<Fact name={t`When somebody else changes a file`}>
					{it.onDrift === "heal" ? t`it is written over` : t`it stays until somebody heals it`}
				</Fact>
				<Fact name={t`Looked at`}>
					<Time at={it.lookedAt} />
				</Fact>
				<Fact name={t`Commit`}>
					{it.commit ? (
						<Id text={it.commit} short={short(it.commit)} what={t`commit`} />
					) : (
						<span className="dim">–</span>
					)}
				</Fact>
			</Facts>
			{it.lastError && (
				<p className="callout" role="alert">
					{it.lastError}
				</p>
			)}
		</>
	);
}
