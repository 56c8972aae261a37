import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { ExternalLink } from "lucide-react";
import type { Schema } from "../api/client";
import { CopyButton } from "../ui/Copy";

export const TONES = { public: "accent", organization: "info", project: "none" } as const;

/** Where an endpoint answers; a link where a browser can follow it. */
export function Address({ it }: { it: Schema["EndpointView"] }) {
	if (!it.url)
		return (
			<span className="dim">
				<Trans>inside the cell only</Trans>
			</span>
		);
	return (
		<span className="id">
			{it.visibility === "public" ? (
				<a className="link endpoint-address" href={it.url} target="_blank" rel="noreferrer">
					{it.url}
					<ExternalLink aria-label={t`opens in a new tab`} />
				</a>
			) : (
				<code>{it.url}</code>
			)}
			<CopyButton text={it.url} what={t`address`} />
		</span>
	);
}
