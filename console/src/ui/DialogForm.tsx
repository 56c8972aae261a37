import { Trans } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./Button";
import { Cli } from "./Copy";
import { Wrong } from "./Wrong";

/** What a dialog holds that asks for something: fields, what is wrong, the same as a command, and two ways out. */
export function DialogForm({
	children,
	action,
	command,
	trouble,
	busy,
	disabled,
	onSubmit,
	onClose,
}: {
	children: ReactNode;
	/** What the button says: a verb. */
	action: string;
	command?: string;
	trouble?: string | undefined;
	busy?: boolean;
	disabled?: boolean;
	onSubmit: () => void;
	onClose: () => void;
}) {
	const form = useRef<HTMLFormElement>(null);
	// What is wrong with a field may be above what is seen.
	useEffect(() => {
		if (!busy) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	}, [busy]);
	return (
		<form
			ref={form}
			className="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (!disabled && !busy) onSubmit();
			}}
		>
			{children}
			<Wrong text={trouble} />
			{command && <Cli command={command} />}
			<div className="form-actions form-actions-end">
				<Button onClick={onClose}>
					<Trans>Cancel</Trans>
				</Button>
				<Button type="submit" look="primary" busy={busy ?? false} disabled={disabled}>
					{action}
				</Button>
			</div>
		</form>
	);
}
