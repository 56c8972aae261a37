import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What the tests need to know of the platform that runs, from its state folder. */
export interface Platform {
	url: string;
	issuer: string;
	adminPassword: string;
	launcherSecret: string;
	keycloakAdminPassword: string;
}

export function platform(): Platform {
	const home = process.env.CYTO_HOME ?? join(homedir(), ".cytoplane");
	const read = (name: string) => JSON.parse(readFileSync(join(home, name), "utf8"));
	const { addresses } = read("platform.json") as { addresses: Record<string, string> };
	const credentials = read("credentials") as Record<string, string>;
	return {
		url: addresses.api!,
		issuer: addresses.signIn!,
		adminPassword: credentials.adminPassword!,
		launcherSecret: credentials.launcherClientSecret!,
		keycloakAdminPassword: credentials.keycloakAdminPassword!,
	};
}

async function token(issuer: string, form: Record<string, string>): Promise<string> {
	const answer = await fetch(`${issuer}/protocol/openid-connect/token`, {
		method: "POST",
		body: new URLSearchParams(form),
	});
	if (!answer.ok) throw new Error(`No token for ${form.client_id}: ${answer.status} ${await answer.text()}`);
	return ((await answer.json()) as { access_token: string }).access_token;
}

/** The launcher's access token. */
export function launcherToken(): Promise<string> {
	const { issuer, launcherSecret } = platform();
	return token(issuer, {
		grant_type: "client_credentials",
		client_id: "cytoplane-launcher",
		client_secret: launcherSecret,
	});
}

/** A call of the REST API by the launcher, who owns what it makes. */
export async function api<T = unknown>(method: string, path: string, body?: unknown, headers = {}): Promise<T> {
	const { url } = platform();
	const answer = await fetch(`${url}/api/v1${path}`, {
		method,
		headers: {
			Authorization: `Bearer ${await launcherToken()}`,
			"Content-Type": "application/json",
			...headers,
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
	return (text ? JSON.parse(text) : undefined) as T;
}

/** A call of Keycloak's admin interface: people are made and sessions are ended there. */
export async function keycloak(method: string, path: string, body?: unknown): Promise<Response> {
	const { issuer, keycloakAdminPassword } = platform();
	const administrator = {
		grant_type: "password",
		client_id: "admin-cli",
		username: "keycloak-admin",
		password: keycloakAdminPassword,
	};
	return fetch(issuer.replace("/realms/", "/admin/realms/") + path, {
		method,
		headers: {
			Authorization: `Bearer ${await token(issuer.replace(/[^/]*$/, "master"), administrator)}`,
			"Content-Type": "application/json",
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
}

export const VIEWER = { username: "vera", password: "a-password-of-the-tests" };

/** A person who may look and nothing else. */
export async function person({ username, password } = VIEWER): Promise<void> {
	const made = await keycloak("POST", "/users", {
		username,
		email: `${username}@example.com`,
		firstName: username,
		lastName: "Tester",
		emailVerified: true,
		enabled: true,
		credentials: [{ type: "password", value: password, temporary: false }],
	});
	if (!made.ok && made.status !== 409)
		throw new Error(`${username} cannot be made: ${made.status} ${await made.text()}`);
}

/** Ends every session of a person, as an administrator does. */
export async function endSessions(username: string): Promise<void> {
	const found = (await (await keycloak("GET", `/users?exact=true&username=${username}`)).json()) as { id: string }[];
	const ended = await keycloak("POST", `/users/${found[0]!.id}/logout`);
	if (!ended.ok) throw new Error(`The sessions of ${username} cannot be ended: ${ended.status}`);
}
