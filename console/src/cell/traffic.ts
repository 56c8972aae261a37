import { t } from "@lingui/core/macro";
import type { Schema } from "../api/client";
import { number } from "../lib/numbers";

type View = Schema["TrafficView"];
type Edge = Schema["TrafficEdge"];

/** What went along an edge lately, as it is said. */
export interface Figures {
	/** On average, as in 12/s. */
	rate: string;
	/** Half of the requests took no longer. */
	p50: string;
	/** 95 in 100 took no longer. */
	p95: string;
	/** The share that the called side failed to answer well, as in 3 %; nothing when there was none. */
	failed: string;
	/** The share that was refused for what the caller asked, as in 3 %; nothing when there was none. */
	refused: string;
	/** How wide its line is drawn, from 0 to 1. */
	weight: number;
}

/** The edges of the drawing that had requests, by their id in the model. */
export function figuresOf(view: View | undefined): Map<string, Figures> {
	return new Map(
		(view?.edges ?? [])
			.filter((it) => it.requests > 0)
			.map((it) => [
				idOf(it),
				{
					rate: rate(it.requestsPerSecond),
					p50: latency(it.p50Milliseconds ?? 0),
					p95: latency(it.p95Milliseconds ?? 0),
					failed: share(it.serverErrors, it.requests),
					refused: share(it.clientErrors, it.requests),
					// A thousand a second is as wide as it gets.
					weight: Math.min(1, Math.log10(1 + it.requestsPerSecond) / 3),
				},
			]),
	);
}

function idOf(it: Edge): string {
	switch (it.direction) {
		case "PUBLIC":
			return `north/${it.component}/${it.name}`;
		case "WESTBOUND":
			return `west/${it.caller}/${it.component}/${it.name}`;
		case "OUTBOUND":
			return `${it.component}>${it.name}`;
	}
}

/** How long ago a time may end that still counts as now: a data plane tells of it every five seconds. */
const NOW = 30_000;

/** Whether figures are of an earlier time: they are not told any more, though the last that was told was something. */
export const isOld = (view: View | undefined, now: number) =>
	!!view?.until && view.edges.some((it) => it.requests > 0) && now - Date.parse(view.until) > NOW;

export function rate(perSecond: number): string {
	if (perSecond >= 1000) return `${number(perSecond / 1000, perSecond >= 10_000 ? 0 : 1)}k/s`;
	if (perSecond >= 10) return `${Math.round(perSecond)}/s`;
	return perSecond >= 1 ? `${number(perSecond, 1)}/s` : `${number(perSecond, 2)}/s`;
}

export function latency(millis: number): string {
	if (millis >= 10_000) return t`over 10 s`;
	if (millis >= 1000) return `${number(millis / 1000, 1)} s`;
	return millis >= 10 ? `${Math.round(millis)} ms` : `${number(millis, 1)} ms`;
}

/** Nothing for nothing; what is less than one in a hundred is not rounded away. */
export function share(part: number, whole: number): string {
	if (part === 0 || whole === 0) return "";
	const hundredths = (part / whole) * 100;
	return hundredths < 1 ? "< 1 %" : `${Math.round(hundredths)} %`;
}
