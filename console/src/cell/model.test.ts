import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { cellModel } from "./model";

const endpoint = (name: string, visibility: string, path: string, callers: string[] = []) => ({
	name,
	visibility,
	path,
	callers: callers.map((cell) => ({ cell, identity: "" })),
});

const view = {
	document: {
		metadata: { project: "shop", environment: "staging", version: 3 },
		spec: {
			host: "shop.staging.acme.localhost",
			components: [
				{
					name: "web",
					type: "web-application",
					release: "r-1",
					replicas: 2,
					endpoints: [endpoint("http", "public", "/")],
					connections: [{ name: "api", sameCell: { component: "api", endpoint: "http" } }],
				},
				{
					name: "api",
					type: "service",
					release: "r-2",
					replicas: 1,
					endpoints: [endpoint("http", "organization", "/api", ["billing.staging.acme"])],
					connections: [
						{ name: "orders", otherCell: { cell: "orders.staging.acme", component: "orders", endpoint: "http" } },
						{ name: "mail", external: { url: "https://api.mail.example/v1" } },
					],
				},
			],
		},
	},
	status: {
		components: [
			{
				name: "web",
				phase: "DEGRADED",
				message: "1 of 2",
				readyReplicas: 1,
				endpoints: [{ name: "http", healthy: false }],
				autoscaling: { active: true, instances: 2, wanted: 3, message: "As many as its load needs" },
			},
		],
	},
} as unknown as Schema["CellView"];

describe("a cell as it is drawn", () => {
	const model = cellModel(view);
	it("has what is around it on the side of its gateway", () => {
		expect(model.outside.map((it) => [it.side, it.title])).toEqual([
			["north", "Public"],
			["west", "billing"],
			["east", "orders"],
			["south", "api.mail.example"],
		]);
	});
	it("has every way that a call may take, and no other", () => {
		expect(model.edges.map((it) => [it.from, it.to, it.side])).toEqual([
			["public", "web", "north"],
			["web", "api", undefined],
			["west/billing.staging.acme", "api", "west"],
			["api", "east/orders.staging.acme", "east"],
			["api", "south/api.mail.example", "south"],
		]);
	});
	it("knows how its components are", () => {
		expect(model.components.map((it) => [it.name, it.phase, it.ready, it.replicas])).toEqual([
			["web", "DEGRADED", 1, 3],
			["api", "UNKNOWN", 0, 1],
		]);
		expect(model.components[0]?.message).toBe("1 of 2. As many as its load needs");
		expect(model.edges[0]?.healthy).toBe(false);
	});
});
