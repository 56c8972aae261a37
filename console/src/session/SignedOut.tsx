import { createRoot } from "react-dom/client";
import "./signed-out.css";

export function signedOut(root: HTMLElement) {
	document.title = "Signed out · Cytoplane";
	createRoot(root).render(
		<main className="alone">
			<h1>You are signed out</h1>
			<p>What runs goes on running.</p>
			<a className="button button-primary" href="/">
				Sign in
			</a>
		</main>,
	);
}

export function Broken({ failure }: { failure: unknown }) {
	return (
		<main className="alone" role="alert">
			<h1>The console could not sign you in</h1>
			<p>{failure instanceof Error ? failure.message : String(failure)}</p>
			<p>
				Is the identity provider up? On this machine <code>cyto status</code> tells.
			</p>
			<a className="button button-primary" href="/">
				Try again
			</a>
		</main>
	);
}
