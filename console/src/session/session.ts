import { t } from "@lingui/core/macro";
import * as oauth from "oauth4webapi";
import { type Discovery, discover, options } from "./discovery";

/**
 * Who is signed in. Tokens are in this module's memory and nowhere else: a page that is loaded anew gets new ones from the
 * identity provider, which remembers the person.
 */
interface Tokens {
	access: string;
	refresh: string | undefined;
	id: string | undefined;
	/** Milliseconds of this machine's clock. */
	until: number;
}

export type SessionState = "signed-in" | "expired";

const CHANNEL = "cytoplane.sign-in";
const RETURN = "/signed-in";
const POPUP = "popup-";

let discovery: Discovery | undefined;
let tokens: Tokens | undefined;
let subject: string | undefined;
let renewal: Promise<void> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let state: SessionState = "signed-in";
let destination: string | undefined;
let leaving = false;
let staying = false;
const listeners = new Set<() => void>();

export const session = {
	/** Resolves when someone is signed in; else the browser is on its way to the identity provider. */
	async start(): Promise<string> {
		discovery = await discover();
		const here = new URL(location.href);
		if (here.origin !== new URL(discovery.resource).origin) {
			return leave(discovery.resource + here.pathname + here.search + here.hash);
		}
		if (here.pathname !== RETURN) {
			return leaveForSignIn(here.pathname + here.search + here.hash);
		}
		const answered = here.searchParams.get("state") ?? "";
		if (answered.startsWith(POPUP)) {
			new BroadcastChannel(CHANNEL).postMessage(location.href);
			window.close();
			return never();
		}
		const kept = sessionStorage.getItem(`cytoplane.sign-in.${answered}`);
		// Opened from the history or a bookmark.
		if (!kept) return leave("/");
		sessionStorage.removeItem(`cytoplane.sign-in.${answered}`);
		const { verifier, to } = JSON.parse(kept) as { verifier: string; to: string };
		destination = to;
		try {
			await redeem(here, answered, verifier);
		} catch (failure) {
			// The provider was set up anew, or its answer was used already: what we remembered of it may be old.
			sessionStorage.clear();
			throw failure;
		}
		return to;
	},

	/** Keeps the browser on this page: false when it is on its way to another one already. */
	stay(): boolean {
		staying = !leaving;
		return staying;
	},

	/** The page that somebody came for, in the place of the address that the identity provider sends them back to. */
	get destination(): string | undefined {
		return destination;
	},

	/** A token that is valid for some seconds at least. */
	async token(): Promise<string> {
		if (!tokens) throw new Error(t`Nobody is signed in`);
		if (tokens.until - Date.now() < 15_000) await renew();
		return tokens.access;
	},

	/** After the server refused a token: true when there is a new one to try. */
	async renewed(refused: string): Promise<boolean> {
		if (tokens && tokens.access !== refused) return true;
		await renew();
		return state === "signed-in";
	},

	get state() {
		return state;
	},

	subscribe(listener: () => void) {
		listeners.add(listener);
		return () => void listeners.delete(listener);
	},

	/** Signs in anew in a window of its own, so that this page and what is typed in it stay. */
	async signInAgain(): Promise<void> {
		const popup = window.open("about:blank", "cytoplane-sign-in", "popup,width=480,height=680");
		const verifier = oauth.generateRandomCodeVerifier();
		const wanted = POPUP + oauth.generateRandomState();
		const url = await authorizationUrl(wanted, verifier);
		const channel = new BroadcastChannel(CHANNEL);
		try {
			const back = new Promise<URL>((resolve) => {
				channel.onmessage = (event: MessageEvent<string>) => {
					const answer = new URL(event.data);
					if (answer.searchParams.get("state") === wanted) resolve(answer);
				};
			});
			if (popup) popup.location.href = url.href;
			else throw new Error(t`The browser did not open a window. Allow pop-ups for this page, then try again.`);
			const before = subject;
			await redeem(await back, wanted, verifier);
			if (before !== subject) location.reload();
			become("signed-in");
		} finally {
			channel.close();
			popup?.close();
		}
	},

	async signOut(): Promise<void> {
		const { provider } = discovery!;
		const url = new URL(provider.end_session_endpoint!);
		url.searchParams.set("post_logout_redirect_uri", `${location.origin}/signed-out`);
		url.searchParams.set("client_id", discovery!.client);
		if (tokens?.id) url.searchParams.set("id_token_hint", tokens.id);
		clearTimeout(timer);
		tokens = undefined;
		location.assign(url);
		return never();
	},

	/** Where a person changes their own name and password. */
	accountUrl(): string {
		return `${discovery!.provider.issuer}/account`;
	},
};

async function leaveForSignIn(to: string): Promise<never> {
	const verifier = oauth.generateRandomCodeVerifier();
	const asked = oauth.generateRandomState();
	sessionStorage.setItem(`cytoplane.sign-in.${asked}`, JSON.stringify({ verifier, to }));
	return leave(await authorizationUrl(asked, verifier));
}

function leave(to: string | URL): Promise<never> {
	if (!staying) {
		leaving = true;
		location.replace(to);
	}
	return never();
}

async function authorizationUrl(wanted: string, verifier: string) {
	const { provider, client } = discovery!;
	const url = new URL(provider.authorization_endpoint!);
	url.search = new URLSearchParams({
		client_id: client,
		response_type: "code",
		redirect_uri: location.origin + RETURN,
		scope: "openid profile",
		state: wanted,
		code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
		code_challenge_method: "S256",
	}).toString();
	return url;
}

async function redeem(back: URL, wanted: string, verifier: string) {
	const { provider, client: id } = discovery!;
	const client: oauth.Client = { client_id: id };
	const parameters = oauth.validateAuthResponse(provider, client, back, wanted);
	const response = await oauth.authorizationCodeGrantRequest(
		provider,
		client,
		oauth.None(),
		parameters,
		location.origin + RETURN,
		verifier,
		options(provider.issuer),
	);
	keep(await oauth.processAuthorizationCodeResponse(provider, client, response, { requireIdToken: true }));
}

/** One renewal at a time, whoever asks. */
function renew(): Promise<void> {
	renewal ??= renewNow().finally(() => {
		renewal = undefined;
	});
	return renewal;
}

async function renewNow() {
	const { provider, client: id } = discovery!;
	const client: oauth.Client = { client_id: id };
	try {
		if (!tokens?.refresh) throw new Error(t`There is no session to renew`);
		const response = await oauth.refreshTokenGrantRequest(
			provider,
			client,
			oauth.None(),
			tokens.refresh,
			options(provider.issuer),
		);
		keep(await oauth.processRefreshTokenResponse(provider, client, response));
		become("signed-in");
	} catch (failure) {
		if (failure instanceof TypeError) throw failure; // The network; the session may well be there still.
		become("expired");
		throw new SessionEnded();
	}
}

export class SessionEnded extends Error {
	constructor() {
		super(t`Your session has ended. Sign in again.`);
	}
}

function keep(answer: oauth.TokenEndpointResponse) {
	const lives = (answer.expires_in ?? 60) * 1000;
	tokens = {
		access: answer.access_token,
		refresh: answer.refresh_token,
		id: answer.id_token ?? tokens?.id,
		until: Date.now() + lives,
	};
	subject = oauth.getValidatedIdTokenClaims(answer)?.sub ?? subject;
	clearTimeout(timer);
	timer = setTimeout(() => void renew().catch(() => undefined), Math.max(5_000, lives - 30_000));
}

function become(next: SessionState) {
	if (next === state) return;
	state = next;
	for (const listener of listeners) listener();
}

/** The page is being left. */
function never(): Promise<never> {
	return new Promise(() => undefined);
}
