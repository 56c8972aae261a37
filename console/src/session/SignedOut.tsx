import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { createRoot } from "react-dom/client";
import { Speaking } from "../language/Speaking";
import "./signed-out.css";

export function signedOut(root: HTMLElement) {
	document.title = t`Signed out · Cytoplane`;
	createRoot(root).render(
		<Speaking>
			<main className="alone">
				<h1>
					<Trans>You are signed out</Trans>
				</h1>
				<p>
					<Trans>What runs goes on running.</Trans>
				</p>
				<a className="button button-primary" href="/">
					<Trans>Sign in</Trans>
				</a>
			</main>
		</Speaking>,
	);
}

export function Broken({ failure }: { failure: unknown }) {
	return (
		<main className="alone" role="alert">
			<h1>
				<Trans>The console could not sign you in</Trans>
			</h1>
			<p>{failure instanceof Error ? failure.message : String(failure)}</p>
			<p>
				<Trans>
					Is the identity provider up? On this machine <code>cyto status</code> tells.
				</Trans>
			</p>
			<a className="button button-primary" href="/">
				<Trans>Try again</Trans>
			</a>
		</main>
	);
}
