const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
	[60, "second"],
	[60, "minute"],
	[24, "hour"],
	[30, "day"],
	[12, "month"],
	[Number.POSITIVE_INFINITY, "year"],
];

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });

/** As people say it: 5m ago, in 3d. */
export function relative(time: Date, now: number): string {
	let amount = (time.getTime() - now) / 1000;
	if (Math.abs(amount) < 5) return "now";
	for (const [size, unit] of STEPS) {
		if (Math.abs(amount) < size) return words.format(Math.trunc(amount), unit);
		amount /= size;
	}
	return time.toISOString();
}

const absolutely = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export function absolute(time: Date): string {
	return `${absolutely.format(time)} (${time.toISOString()})`;
}

/** How long something took: 850 ms, 12.3 s, 4m 05s, 2h 10m. */
export function duration(milliseconds: number): string {
	if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
	const seconds = milliseconds / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}m ${String(Math.floor(seconds % 60)).padStart(2, "0")}s`;
	return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, "0")}m`;
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
	return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
