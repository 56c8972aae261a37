export interface Header {
	name: string;
	value: string;
}

export interface Call {
	method: string;
	path: string;
	headers: Header[];
	/** Nothing is sent when it is empty. */
	body: string;
}

/** Methods whose requests have no body. */
export const BODILESS = ["GET", "HEAD", "OPTIONS"];

/** Where a call goes: the endpoint's address, and the path below it. */
export const addressOf = (url: string, path: string) =>
	url.replace(/\/$/, "") + (path.startsWith("/") ? path : `/${path}`);

const quoted = (text: string) => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The same call by curl, to be pasted into a shell. */
export function curl(url: string, { method, path, headers, body }: Call): string {
	const sent = BODILESS.includes(method) ? "" : body;
	return [
		"curl",
		method === "HEAD" ? "--head" : "--include",
		...(method === "GET" || method === "HEAD" || (method === "POST" && sent) ? [] : ["--request", method]),
		// Else curl would take [ and { for a pattern.
		...(/[[\]{}]/.test(path) ? ["--globoff"] : []),
		...headers.filter((it) => it.name).flatMap((it) => ["--header", quoted(`${it.name}: ${it.value}`)]),
		...(sent ? ["--data-raw", quoted(sent)] : []),
		quoted(addressOf(url, path)),
	].join(" ");
}
