import { expect, it } from "vitest";
import type { Schema } from "../api/client";
import { byPerson } from "./people";

const member = (username: string, role: Schema["Member"]["role"], project: string | null, createdAt: string) =>
	({
		id: `${username}-${role}`,
		username,
		role,
		project,
		effect: "allow",
		createdAt,
		updatedAt: createdAt,
		version: 1,
	}) as const;

it("puts what a person holds together, the organization's first, and leaves machines out", () => {
	const people = byPerson([
		member("zoe", "viewer", null, "2026-02-01"),
		member("ann", "developer", "shop", "2026-03-01"),
		member("ann", "owner", null, "2026-01-01"),
		member("service-account-acme.ci", "developer", null, "2026-01-01"),
	]);
	expect(people.map((it) => it.username)).toEqual(["ann", "zoe"]);
	expect(people[0]!.since).toBe("2026-01-01");
	expect(people[0]!.bindings.map((it) => it.role)).toEqual(["owner", "developer"]);
});
