import { t } from "@lingui/core/macro";
import * as oauth from "oauth4webapi";

/** What the platform says of itself and of its sign-in (RFC 9728), and what the identity provider says (OIDC discovery). */
export interface Discovery {
	/** The platform's public address. */
	resource: string;
	client: string;
	provider: oauth.AuthorizationServer;
}

const KEPT = "cytoplane.discovery";

export async function discover(): Promise<Discovery> {
	const kept = sessionStorage.getItem(KEPT);
	if (kept) return JSON.parse(kept) as Discovery;
	const answer = await fetch("/.well-known/oauth-protected-resource");
	if (!answer.ok) throw new Error(t`The platform does not say how to sign in (${answer.status})`);
	const metadata = (await answer.json()) as {
		resource: string;
		authorization_servers: string[];
		cytoplane_console_client_id: string;
	};
	const issuer = new URL(metadata.authorization_servers[0]!);
	const response = await oauth.discoveryRequest(issuer, options(issuer.href));
	const provider = await oauth.processDiscoveryResponse(issuer, response);
	const found = { resource: metadata.resource, client: metadata.cytoplane_console_client_id, provider };
	sessionStorage.setItem(KEPT, JSON.stringify(found));
	return found;
}

/** A provider without TLS is taken on this very machine only. */
export function options(issuer: string) {
	const { protocol, hostname } = new URL(issuer);
	const loopback = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
	return { [oauth.allowInsecureRequests]: protocol === "http:" && loopback };
}
