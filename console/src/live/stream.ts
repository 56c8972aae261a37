import { createParser } from "eventsource-parser";
import { signedFetch } from "../api/client";
import { ApiProblem } from "../api/problem";
import { SessionEnded } from "../session/session";

export interface StreamEvent {
	id: string | undefined;
	type: string;
	data: string;
}

export type StreamState = "connecting" | "open" | "lost";

interface Options {
	/** The id of the last event that is known; the stream goes on after it. */
	after?: string;
	/** Comes back when the server ends the stream, too. Else an end is an end. */
	forever?: boolean;
	onEvent: (event: StreamEvent) => void;
	onState?: (state: StreamState) => void;
	onEnd?: () => void;
	onRefused?: (problem: ApiProblem) => void;
}

const SILENCE = 45_000;

/**
 * Server-sent events read with fetch, as EventSource can send no token. Resumes after the last event, waits longer after
 * each failure, and takes silence (the server speaks every 15 s) for a lost connection. Gives the function that ends it.
 */
export function stream(url: string, options: Options): () => void {
	const ended = new AbortController();
	void run(url, options, ended.signal);
	return () => ended.abort();
}

async function run(url: string, options: Options, ended: AbortSignal) {
	let last = options.after;
	let failures = 0;
	while (!ended.aborted) {
		options.onState?.(failures === 0 ? "connecting" : "lost");
		try {
			await once(url, last, ended, {
				open: () => {
					failures = 0;
					options.onState?.("open");
				},
				event: (event) => {
					last = event.id ?? last;
					if (!ended.aborted) options.onEvent(event);
				},
			});
			if (!options.forever) {
				if (!ended.aborted) options.onEnd?.();
				return;
			}
		} catch (failure) {
			if (ended.aborted) return;
			if (failure instanceof ApiProblem && failure.status < 500 && failure.status !== 401 && failure.status !== 429) {
				options.onRefused?.(failure);
				return;
			}
			failures++;
			options.onState?.("lost");
			const wait = failure instanceof SessionEnded ? 3_000 : Math.min(500 * 2 ** (failures - 1), 15_000);
			await pause(wait + Math.random() * 250, ended);
		}
	}
}

async function once(
	url: string,
	last: string | undefined,
	ended: AbortSignal,
	on: { open: () => void; event: (event: StreamEvent) => void },
) {
	const silent = new AbortController();
	const headers: Record<string, string> = { Accept: "text/event-stream" };
	if (last !== undefined) headers["Last-Event-ID"] = last;
	let watch = setTimeout(() => silent.abort(), SILENCE);
	try {
		const response = await signedFetch(
			new Request(url, { headers, signal: AbortSignal.any([ended, silent.signal]), cache: "no-store" }),
		);
		on.open();
		const parser = createParser({
			onEvent: (event) => on.event({ id: event.id, type: event.event ?? "message", data: event.data }),
		});
		const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			clearTimeout(watch);
			watch = setTimeout(() => silent.abort(), SILENCE);
			parser.feed(value);
		}
	} finally {
		clearTimeout(watch);
	}
}

/** Ends early when the network is back. */
function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			ended.removeEventListener("abort", done);
			removeEventListener("online", done);
			resolve();
		};
		const timer = setTimeout(done, milliseconds);
		ended.addEventListener("abort", done);
		addEventListener("online", done);
	});
}
