import { Dialog as Base } from "@base-ui/react/dialog";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "./Button";
import { Cli } from "./Copy";
import { TextField } from "./Field";
import { Wrong } from "./Wrong";

export function Dialog({
	open,
	onClose,
	title,
	description,
	children,
	wide,
}: {
	open: boolean;
	onClose: () => void;
	title: ReactNode;
	description?: ReactNode;
	children: ReactNode;
	wide?: boolean;
}) {
	return (
		<Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
			<Base.Portal>
				<Base.Backdrop className="backdrop" />
				<Base.Popup className={`dialog ${wide ? "dialog-wide" : ""}`}>
					<header>
						<Base.Title>{title}</Base.Title>
						<Base.Close render={<IconButton label={t`Close`} />}>
							<X />
						</Base.Close>
					</header>
					{description && <Base.Description className="dialog-description">{description}</Base.Description>}
					{children}
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	);
}

/**
 * Asks before something is done. What cannot be undone asks for a name to be typed.
 */
export function Confirm({
	open,
	onClose,
	title,
	children,
	action,
	command,
	typed,
	danger,
	onConfirm,
}: {
	open: boolean;
	onClose: () => void;
	title: string;
	children?: ReactNode;
	/** What the button says: a verb. */
	action: string;
	command?: string;
	/** What has to be typed. */
	typed?: string;
	danger?: boolean;
	onConfirm: () => Promise<unknown>;
}) {
	const [text, setText] = useState("");
	const [busy, setBusy] = useState(false);
	const [wrong, setWrong] = useState("");
	const close = () => {
		setText("");
		setWrong("");
		onClose();
	};
	return (
		<Dialog open={open} onClose={close} title={title}>
			<form
				className="form"
				onSubmit={async (event) => {
					event.preventDefault();
					if (busy || (typed !== undefined && text !== typed)) return;
					setBusy(true);
					setWrong("");
					try {
						await onConfirm();
						close();
					} catch (failure) {
						setWrong((failure as Error).message);
					} finally {
						setBusy(false);
					}
				}}
			>
				{children && <div className="prose">{children}</div>}
				{typed !== undefined && (
					<TextField
						label={t`Type ${typed} to go on`}
						value={text}
						onChange={(event) => setText(event.target.value)}
						autoFocus
					/>
				)}
				<Wrong text={wrong} />
				{command && <Cli command={command} />}
				<div className="form-actions form-actions-end">
					<Button onClick={close}>
						<Trans>Cancel</Trans>
					</Button>
					<Button
						type="submit"
						look={danger || typed !== undefined ? "danger" : "primary"}
						busy={busy}
						disabled={typed !== undefined && text !== typed}
					>
						{action}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
