import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { CodeBlock } from "./Copy";
import "./once.css";

/** A secret that the platform shows this once, and what to do with it. */
export function Once({
	values,
	children,
	onClose,
}: {
	/** Each with what it is called. */
	values: { name: string; text: string }[];
	children?: ReactNode;
	onClose: () => void;
}) {
	return (
		<div className="once">
			<p className="callout callout-warn" role="status">
				<Trans>Copy it now. It is not shown again.</Trans>
			</p>
			{values.map((it) => (
				<div className="once-value" key={it.name}>
					<h3>{it.name}</h3>
					<CodeBlock text={it.text} what={it.name.toLowerCase()} />
				</div>
			))}
			{children && <div className="prose">{children}</div>}
			<div className="form-actions form-actions-end">
				<Button look="primary" onClick={onClose}>
					<Trans>I have copied it</Trans>
				</Button>
			</div>
		</div>
	);
}
