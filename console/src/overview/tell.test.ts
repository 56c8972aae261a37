import { describe, expect, it } from "vitest";
import { latest, tell } from "./tell";

const event = (type: string, data: Record<string, unknown>, subject = "acme/shop/api") => ({
	sequence: 1,
	type,
	subject,
	data,
	time: "2026-01-01T00:00:00Z",
});

describe("events in words", () => {
	it("tells what is live, and where to look", () => {
		expect(tell(event("deployment.status", { status: "LIVE", release: "r-1", environment: "staging" }))).toEqual({
			text: "r-1 is live in staging",
			tone: "good",
			to: "/orgs/acme/projects/shop/components/api",
			what: "shop/api",
		});
	});
	it("tells of a failed build as bad", () => {
		expect(tell(event("build.finished", { status: "FAILED", commit: "0123456789", buildId: "b" }))?.tone).toBe("bad");
	});
	it("keeps quiet about steps on the way", () => {
		expect(tell(event("deployment.status", { status: "PROGRESSING" }))).toBeUndefined();
	});
	it("tells of runs that failed, and of those that somebody wanted", () => {
		const run = (status: string, scheduled: boolean) =>
			tell(event("run.status", { id: "r", status, scheduled, environment: "dev", message: "It exited." }));
		expect(run("FAILED", true)).toMatchObject({
			text: "A run in dev failed: It exited.",
			to: "/orgs/acme/projects/shop/components/api/runs",
		});
		expect(run("SUCCEEDED", false)?.tone).toBe("good");
		expect(run("SUCCEEDED", true)).toBeUndefined();
		expect(run("RUNNING", false)).toBeUndefined();
	});
});

describe("what a later event has overtaken", () => {
	it("is left out", () => {
		const live = event("deployment.status", { id: "d", status: "LIVE" });
		const created = event("deployment.created", { id: "d", kind: "DEPLOY" });
		const finished = event("build.finished", { buildId: "b", status: "SUCCEEDED" });
		const queued = event("build.queued", { buildId: "b" });
		const other = event("build.queued", { buildId: "c" });
		expect(latest([live, created, other, finished, queued])).toEqual([live, other, finished]);
	});
	it("does not hide that something was live", () => {
		const superseded = event("deployment.status", { id: "d", status: "SUPERSEDED" });
		const live = event("deployment.status", { id: "d", status: "LIVE" });
		expect(latest([superseded, live])).toEqual([live]);
	});
});
