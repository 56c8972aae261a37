import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { cellHealth, inOrder } from "./health";

const cell = (ready: boolean | null, version = 2, observedVersion: number | null = 2) =>
	({ name: "shop.development.acme", ready, version, observedVersion }) as Schema["CellSummary"];
const endpoint = (health: string) => ({ cell: "shop.development.acme", health }) as Schema["EndpointView"];

describe("how a cell is", () => {
	it("is nothing where there is none", () => expect(cellHealth(undefined, [])).toBe("NONE"));
	it("is unknown before its data plane spoke", () => expect(cellHealth(cell(null), [])).toBe("UNKNOWN"));
	it("progresses while an older version is seen", () => expect(cellHealth(cell(false, 3, 2), [])).toBe("PROGRESSING"));
	it("is unhealthy when what is seen is not ready", () => expect(cellHealth(cell(false), [])).toBe("UNHEALTHY"));
	it("is unhealthy when an endpoint is", () => {
		expect(cellHealth(cell(true), [endpoint("HEALTHY"), endpoint("UNHEALTHY")])).toBe("UNHEALTHY");
	});
	it("is healthy otherwise", () => expect(cellHealth(cell(true), [endpoint("HEALTHY")])).toBe("HEALTHY"));
});

describe("environments", () => {
	it("come in the order of the pipeline", () => {
		const names = (list: { name: string }[]) => list.map((it) => it.name);
		expect(
			names(
				inOrder(
					[{ name: "production" }, { name: "sandbox" }, { name: "development" }],
					["development", "staging", "production"],
				),
			),
		).toEqual(["development", "production", "sandbox"]);
	});
});
