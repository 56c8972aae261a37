import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { Confirm } from "./Dialog";
import { Panel, Section } from "./Page";

/** Where a thing is deleted for good: what that takes with it, and its name typed before. */
export function DangerZone({
	kind,
	name,
	about,
	command,
	disabled,
	onDelete,
	children,
}: {
	/** What it is: project, component. */
	kind: string;
	name: string;
	/** What is deleted with it, or has to be deleted first. */
	about: string;
	command: string;
	disabled?: boolean;
	onDelete: () => Promise<void>;
	/** What is said before the last step. */
	children: ReactNode;
}) {
	const [asked, setAsked] = useState(false);
	return (
		<Section title="Danger zone" id="danger">
			<Panel className="danger">
				<div>
					<h3>Delete this {kind}</h3>
					<p className="dim">{about}</p>
				</div>
				<Button look="danger" disabled={disabled} onClick={() => setAsked(true)}>
					Delete {kind}
				</Button>
			</Panel>
			<Confirm
				open={asked}
				onClose={() => setAsked(false)}
				title={`Delete ${name}?`}
				typed={name}
				action={`Delete ${kind}`}
				command={command}
				onConfirm={onDelete}
			>
				<p>
					{children} <strong>This cannot be undone.</strong>
				</p>
			</Confirm>
		</Section>
	);
}
