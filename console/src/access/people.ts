import type { Schema } from "../api/client";
import { ROLES } from "./words";

export interface Person {
	username: string;
	since: string;
	bindings: Schema["Member"][];
}

/** People with all that they hold, the whole organization's before single projects'. Machines have a list of their own. */
export function byPerson(members: readonly Schema["Member"][]): Person[] {
	const people = new Map<string, Person>();
	for (const it of members) {
		if (it.username.startsWith("service-account-")) continue;
		const person = people.get(it.username) ?? { username: it.username, since: it.createdAt, bindings: [] };
		person.bindings.push(it);
		if (it.createdAt < person.since) person.since = it.createdAt;
		people.set(it.username, person);
	}
	for (const { bindings } of people.values())
		bindings.sort(
			(a, b) =>
				(a.project ?? "").localeCompare(b.project ?? "") ||
				a.effect.localeCompare(b.effect) ||
				ROLES.indexOf(b.role) - ROLES.indexOf(a.role),
		);
	return [...people.values()].sort((a, b) => a.username.localeCompare(b.username));
}
