import { describe, expect, it } from "vitest";
import { affected } from "./affected";

describe("what an event makes old", () => {
	it("names the component's builds when one ended", () => {
		expect(affected({ type: "build.finished", subject: "acme/shop/api", data: {} })).toEqual([
			["orgs", "acme", "projects", "shop", "components", "api", "builds"],
		]);
	});
	it("names the project's cells when a deployment went on", () => {
		expect(affected({ type: "deployment.status", subject: "acme/shop/api", data: {} })).toContainEqual([
			"orgs",
			"acme",
			"projects",
			"shop",
			"cells",
		]);
	});
	it("names the component's runs when one went on", () => {
		expect(affected({ type: "run.status", subject: "acme/shop/report", data: {} })).toContainEqual([
			"orgs",
			"acme",
			"projects",
			"shop",
			"components",
			"report",
			"runs",
		]);
	});
	it("forgets the whole organization at what it does not know", () => {
		expect(affected({ type: "moon.rose", subject: "acme", data: {} })).toEqual([["orgs", "acme"]]);
	});
});
