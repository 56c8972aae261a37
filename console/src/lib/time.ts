import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { number } from "./numbers";

const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
	[60, "second"],
	[60, "minute"],
	[24, "hour"],
	[30, "day"],
	[12, "month"],
	[Number.POSITIVE_INFINITY, "year"],
];

/** English dates are written the British way: the month cannot be taken for the day. */
const dates = () => (i18n.locale === "en" ? "en-GB" : i18n.locale);

// Made once for each language: they are dear.
const once = <T>(make: () => T) => {
	const made = new Map<string, T>();
	return () => {
		const it = made.get(i18n.locale) ?? make();
		made.set(i18n.locale, it);
		return it;
	};
};
// English says 5m ago. Elsewhere an m is a metre, too.
const style = () => (i18n.locale === "en" ? "narrow" : "short");
const words = once(() => new Intl.RelativeTimeFormat(i18n.locale, { numeric: "auto", style: style() }));
// "next yr." is no better than "in 1y"; yesterday and tomorrow are.
const counted = once(() => new Intl.RelativeTimeFormat(i18n.locale, { numeric: "always", style: style() }));
const absolutely = once(() => new Intl.DateTimeFormat(dates(), { dateStyle: "medium", timeStyle: "medium" }));
const plainly = once(
	() =>
		new Intl.DateTimeFormat(dates(), {
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
		}),
);

/** As people say it: 5m ago, in 3d. */
export function relative(time: Date, now: number): string {
	let amount = (time.getTime() - now) / 1000;
	if (Math.abs(amount) < 5) return t`now`;
	for (const [size, unit] of STEPS) {
		if (Math.abs(amount) < size) return (unit === "day" ? words() : counted()).format(Math.trunc(amount), unit);
		amount /= size;
	}
	return time.toISOString();
}

export function absolute(time: Date): string {
	return `${absolutely().format(time)} (${time.toISOString()})`;
}

/** When something was, for lists to choose from. */
export const dateTime = (at: string) => plainly().format(new Date(at));

const two = (amount: number) => String(amount).padStart(2, "0");

/** How long something took: 850 ms, 12.3 s, 4m 05s, 2h 10m. */
export function duration(milliseconds: number): string {
	if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
	const seconds = milliseconds / 1000;
	if (seconds < 60) return `${number(seconds, 1)} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return t`${minutes}m ${two(Math.floor(seconds % 60))}s`;
	return t`${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

export function bytes(count: number): string {
	if (count < 1000) return `${count} B`;
	const units = ["kB", "MB", "GB", "TB"];
	let amount = count;
	let unit = "B";
	for (const next of units) {
		if (amount < 1000) break;
		amount /= 1000;
		unit = next;
	}
	return `${number(amount, amount < 10 ? 1 : 0)} ${unit}`;
}
