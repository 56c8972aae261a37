import type { AuditFilter } from "../api/queries";

/** What an entry tells besides, on one line. */
export function brief(details: Record<string, unknown>): string {
	return Object.entries(details)
		.filter(([, value]) => value !== null && value !== undefined && value !== "")
		.map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
		.join(", ");
}

export function auditCommand(org: string, filter: AuditFilter): string {
	const parts = Object.entries(filter)
		.filter(([, value]) => value)
		.map(([name, value]) => ` --filter ${name}=${value}`);
	return `cyto list audit --organization ${org}${parts.join("")}`;
}

/** The start of a day of this place, as the API takes times; by how many days later. */
export function startOfDay(day: string, later = 0): string | undefined {
	const [year, month, date] = day.split("-").map(Number);
	if (!year || !month || !date) return undefined;
	return new Date(year, month - 1, date + later).toISOString();
}

/** The day of this place that a time is in, as a field of dates takes it. */
export function dayOf(time: string | undefined, earlier = 0): string {
	if (!time || Number.isNaN(Date.parse(time))) return "";
	const at = new Date(time);
	const day = new Date(at.getFullYear(), at.getMonth(), at.getDate() - earlier);
	const two = (it: number) => String(it).padStart(2, "0");
	return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
