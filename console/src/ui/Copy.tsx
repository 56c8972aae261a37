import { t } from "@lingui/core/macro";
import { Check, Copy as CopyIcon, Terminal } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./Button";

export function CopyButton({ text, what }: { text: string; what: string }) {
	const [done, setDone] = useState(false);
	return (
		<IconButton
			label={done ? t`Copied` : t`Copy ${what}`}
			className="copy"
			onClick={async (event) => {
				event.preventDefault();
				event.stopPropagation();
				await navigator.clipboard.writeText(text);
				setDone(true);
				setTimeout(() => setDone(false), 1500);
			}}
		>
			{done ? <Check /> : <CopyIcon />}
		</IconButton>
	);
}

/** An id, an address or a hash: in the mono type, cut where space ends, whole on hover and in the clipboard. */
export function Id({ text, short, what = "it" }: { text: string; short?: string; what?: string }) {
	return (
		<span className="id">
			<code title={text}>{short ?? text}</code>
			<CopyButton text={text} what={what} />
		</span>
	);
}

/** The same by the command line. */
export function Cli({ command, label = t`The same by command line` }: { command: string; label?: string }) {
	return (
		<div className="cli" role="group" aria-label={label} title={label}>
			<Terminal aria-hidden />
			<code>{command}</code>
			<CopyButton text={command} what={t`command`} />
		</div>
	);
}

export function CodeBlock({ text, what }: { text: string; what: string }) {
	return (
		<div className="code-block">
			{/* Named, as it can be scrolled by keyboard. */}
			<pre tabIndex={0} role="region" aria-label={what}>
				{text}
			</pre>
			<CopyButton text={text} what={what} />
		</div>
	);
}
