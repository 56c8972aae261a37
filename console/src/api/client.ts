import createClient, { type Middleware } from "openapi-fetch";
import { session } from "../session/session";
import { problemOf } from "./problem";
import type { components, paths } from "./schema.gen";

export type Schema = components["schemas"];

/** fetch with the token of whoever is signed in; a refused token is renewed once. Throws what the API answers as a problem. */
export async function signedFetch(request: Request): Promise<Response> {
	const again = request.clone();
	const token = await session.token();
	request.headers.set("Authorization", `Bearer ${token}`);
	let response = await fetch(request);
	if (response.status === 401 && (await session.renewed(token))) {
		again.headers.set("Authorization", `Bearer ${await session.token()}`);
		response = await fetch(again);
	}
	if (!response.ok) throw await problemOf(response);
	return response;
}

const once: Middleware = {
	onRequest({ request, schemaPath }) {
		// A creation that is sent twice by a flaky network happens once. A call of an endpoint makes nothing here.
		if (request.method === "POST" && !schemaPath.endsWith("/calls"))
			request.headers.set("Idempotency-Key", crypto.randomUUID());
		return request;
	},
};

/** The REST API, typed by its OpenAPI document. Every call throws an ApiProblem when it does not succeed. */
export const api = createClient<paths>({ fetch: signedFetch });
api.use(once);

/** The body of an answer that succeeded; failures were thrown before. */
export async function data<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
	return (await call).data as T;
}

/** The precondition of a change: what was last read is what is there. */
export const ifMatch = (it: { version: number }) => ({ "If-Match": `"${it.version}"` });
