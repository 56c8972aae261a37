import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../ui/Button";
import { Wrong } from "../ui/Wrong";
import { session } from "./session";
import { useSessionState } from "./useSession";

/** Over whatever is open: the session has ended, what was typed has not. */
export function SessionEndedDialog() {
	const state = useSessionState();
	const [wrong, setWrong] = useState("");
	const [busy, setBusy] = useState(false);
	if (state !== "expired") return null;
	return (
		<>
			<div className="backdrop" />
			<div
				className="dialog"
				role="alertdialog"
				aria-modal="true"
				aria-labelledby="ended"
				aria-describedby="ended-text"
			>
				<h2 id="ended">
					<Trans>Your session has ended</Trans>
				</h2>
				<p id="ended-text" className="dim">
					<Trans>Sign in again in a small window. This page stays as it is, with all that you have typed.</Trans>
				</p>
				<Wrong text={wrong} />
				<div className="form-actions form-actions-end">
					<Button onClick={() => void session.signOut()}>
						<Trans>Sign out</Trans>
					</Button>
					<Button
						look="primary"
						autoFocus
						busy={busy}
						onClick={async () => {
							setBusy(true);
							setWrong("");
							try {
								await session.signInAgain();
							} catch (failure) {
								setWrong((failure as Error).message);
							} finally {
								setBusy(false);
							}
						}}
					>
						<Trans>Sign in again</Trans>
					</Button>
				</div>
			</div>
		</>
	);
}
