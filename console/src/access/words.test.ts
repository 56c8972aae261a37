import { describe, expect, it } from "vitest";
import { because, saying } from "./words";

const binding = (
	role: "viewer" | "developer" | "admin",
	bearing: "GIVES" | "LIMITS" | "ELSEWHERE",
	project?: string,
) => ({
	id: role,
	role,
	effect: bearing === "LIMITS" ? ("deny" as const) : ("allow" as const),
	project: project ?? null,
	bearing,
});
const access = (role: "viewer" | "admin" | null, ...bindings: ReturnType<typeof binding>[]) => ({
	username: "ben",
	project: "shop",
	role,
	permissions: [],
	bindings,
});

describe("why somebody may do something", () => {
	it("names the binding that gives the role", () => {
		expect(because(access("admin", binding("admin", "GIVES")))).toBe(
			"Is admin in shop by a role in the whole organization.",
		);
	});
	it("names what a denial leaves", () => {
		expect(because(access("viewer", binding("admin", "GIVES"), binding("developer", "LIMITS", "shop")))).toBe(
			"Would be admin in shop, but developer is denied: viewer is what is left.",
		);
		expect(because(access(null, binding("admin", "GIVES"), binding("viewer", "LIMITS")))).toContain("nothing is left");
	});
	it("tells no role from a role elsewhere", () => {
		expect(because(access(null))).toContain("may do nothing");
		expect(because(access(null, binding("admin", "ELSEWHERE", "other")))).toContain("only in single projects");
	});
	it("says a denial as one", () => {
		expect(saying(binding("developer", "LIMITS", "shop"))).toBe("May not be developer or more in shop");
	});
});
