import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { Confirm } from "./Dialog";
import { Panel, Section } from "./Page";

type Kind = "organization" | "project" | "component";

const DELETE: Record<Kind, MessageDescriptor> = {
	organization: msg`Delete organization`,
	project: msg`Delete project`,
	component: msg`Delete component`,
};

const DELETE_THIS: Record<Kind, MessageDescriptor> = {
	organization: msg`Delete this organization`,
	project: msg`Delete this project`,
	component: msg`Delete this component`,
};

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
	/** What it is. */
	kind: Kind;
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
		<Section title={t`Danger zone`} id="danger">
			<Panel className="danger">
				<div>
					<h3>{i18n._(DELETE_THIS[kind])}</h3>
					<p className="dim">{about}</p>
				</div>
				<Button look="danger" disabled={disabled} onClick={() => setAsked(true)}>
					{i18n._(DELETE[kind])}
				</Button>
			</Panel>
			<Confirm
				open={asked}
				onClose={() => setAsked(false)}
				title={t`Delete ${name}?`}
				typed={name}
				action={i18n._(DELETE[kind])}
				command={command}
				onConfirm={onDelete}
			>
				<p>
					{children}{" "}
					<strong>
						<Trans>This cannot be undone.</Trans>
					</strong>
				</p>
			</Confirm>
		</Section>
	);
}
