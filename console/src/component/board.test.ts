import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { lanes, nextStage } from "./board";

let clock = 0;
const deployment = (environment: string, status: string, release = "r-1", kind = "DEPLOY") =>
	({
		id: `${++clock}`,
		environment,
		status,
		release,
		kind,
		createdAt: new Date(clock * 1000).toISOString(),
	}) as Schema["DeploymentView"];

describe("the board of a component", () => {
	it("shows what is live in each environment", () => {
		const live = deployment("dev", "LIVE");
		const [dev, staging] = lanes(["dev", "staging"], [live]);
		expect(dev?.current).toBe(live);
		expect(dev?.serving).toBeUndefined();
		expect(staging?.current).toBeUndefined();
	});
	it("says what serves while the next one is on its way", () => {
		const live = deployment("dev", "LIVE", "r-1");
		const coming = deployment("dev", "PROGRESSING", "r-2");
		const [dev] = lanes(["dev"], [coming, live]);
		expect(dev?.current).toBe(coming);
		expect(dev?.serving).toBe(live);
	});
	it("rolls back to the release before", () => {
		const first = deployment("dev", "SUPERSEDED", "r-1");
		const again = deployment("dev", "SUPERSEDED", "r-2", "CONFIGURATION");
		const live = deployment("dev", "LIVE", "r-2");
		expect(lanes(["dev"], [live, again, first])[0]?.before).toBe(first);
	});
	it("is empty where it was taken out", () => {
		expect(lanes(["dev"], [deployment("dev", "REMOVED", "r-1", "UNDEPLOY")])[0]?.current).toBeUndefined();
	});
	it("knows the next stage", () => {
		expect(nextStage(["dev", "staging", "prod"], "dev")).toBe("staging");
		expect(nextStage(["dev", "staging", "prod"], "prod")).toBeUndefined();
		expect(nextStage(["dev"], "elsewhere")).toBeUndefined();
	});
});
