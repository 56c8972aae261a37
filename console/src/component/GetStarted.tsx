import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, data } from "../api/client";
import { builds, type ComponentRef, component } from "../api/queries";
import { useOrganizationEvent } from "../live/OrganizationEvents";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { CodeBlock } from "../ui/Copy";
import { Empty, Section } from "../ui/Page";
import { Status } from "../ui/Status";
import { useAct } from "../ui/useAct";
import { BuildNow } from "./BuildNow";
import { UploadFolder } from "./UploadFolder";

const BUILD = "/orgs/$org/projects/$project/components/$component/builds/$build";

/** A component of which there is nothing yet: how its first build comes, and where that is seen when it does. */
export function GetStarted(ref: ComponentRef) {
	const { data: it } = useSuspenseQuery(component(ref));
	const { data: known } = useInfiniteQuery(builds(ref));
	const [came, setCame] = useState<string>();
	const allowed = useAllowed(ref.org);
	useOrganizationEvent((event) => {
		if (event.type === "build.queued" && event.subject === `${ref.org}/${ref.project}/${ref.component}`) {
			setCame(String(event.data.buildId));
		}
	});
	const newest = came ?? known?.pages[0]?.items[0]?.id;
	if (newest) {
		return (
			<Empty
				title={t`Nothing is deployed yet`}
				action={
					<Link to={BUILD} params={{ ...ref, build: newest }} className="button button-primary">
						<Trans>Look at the newest build</Trans>
					</Link>
				}
			>
				<Trans>When a build succeeds it is deployed to the first environment of the pipeline by itself.</Trans>
			</Empty>
		);
	}
	if (!allowed.develop)
		return (
			<Empty title={t`Nothing is built yet`}>
				<Trans>A developer pushes or uploads its source.</Trans>
			</Empty>
		);
	if (it.source.kind === "git") {
		return (
			<Empty title={t`Ready to build`} action={<BuildNow {...ref} />}>
				<p>
					<Trans>
						From <code>{it.source.url}</code>, branch {it.source.branch}. With a webhook (Settings) every push builds by
						itself.
					</Trans>
				</p>
			</Empty>
		);
	}
	return (
		<div className="grid-2">
			<Section title={t`Push it`} hint={t`From a Git repository on your machine.`}>
				<Push {...ref} gitUrl={it.gitUrl} branch={it.source.branch} />
				<p role="status">
					<Status state="PENDING" label={t`Waiting for a push; the build will show up here`} />
				</p>
			</Section>
			<Section title={t`Or upload a folder`} hint={t`As it is, committed or not.`}>
				<UploadFolder {...ref} />
			</Section>
		</div>
	);
}

function Push({ gitUrl, branch, ...ref }: ComponentRef & { gitUrl: string; branch: string }) {
	const [token, setToken] = useState<string>();
	const { act, busy } = useAct({
		run: () =>
			data(
				api.POST("/api/v1/me/tokens", {
					body: { name: `git push to ${ref.project}/${ref.component}`, expiresInDays: 30 },
				}),
			),
		refresh: [["me", "tokens"]],
	});
	return (
		<ol className="instructions">
			<li>
				<span>
					<Trans>Where the command line is signed in (it also helps Git to sign in):</Trans>
				</span>
				<CodeBlock
					text={`cyto remote ${ref.project}/${ref.component}\ngit push cytoplane ${branch}`}
					what={t`commands`}
				/>
			</li>
			<li>
				<span>
					<Trans>Or with Git alone, and an access token for the password:</Trans>
				</span>
				<CodeBlock text={`git remote add cytoplane ${gitUrl}\ngit push cytoplane HEAD:${branch}`} what={t`commands`} />
				{token ? (
					<>
						<CodeBlock text={token} what={t`token`} />
						<p className="dim">
							<Trans>User name: anything. Shown this once; it lasts 30 days.</Trans>
						</p>
					</>
				) : (
					<div>
						<Button
							small
							busy={busy}
							onClick={async () => {
								const made = await act();
								if (made) setToken(made.token);
							}}
						>
							<Trans>Make an access token</Trans>
						</Button>
					</div>
				)}
			</li>
		</ol>
	);
}
