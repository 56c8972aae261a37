import { describe, expect, it } from "vitest";
import { options, read, saidOf, writtenOf } from "./scaling";

describe("what is said of a number of instances", () => {
	it("begins with what there is", () => {
		expect(writtenOf({ replicas: 3 })).toMatchObject({ way: "number", number: "3", max: "6" });
		expect(writtenOf({ replicas: 2, autoscaling: { minInstances: 2, maxInstances: 5, memoryPercent: 60 } })).toEqual({
			way: "load",
			number: "2",
			min: "2",
			max: "5",
			cpu: "",
			memory: "60",
		});
	});
	it("is a number or by load, never both", () => {
		const written = { way: "load", number: "3", min: "2", max: "6", cpu: "70", memory: "" } as const;
		expect(read(written)).toEqual({ autoscaling: { minInstances: 2, maxInstances: 6, cpuPercent: 70 } });
		expect(options(written)).toBe("--min 2 --max 6 --cpu 70");
		expect(read({ ...written, way: "number" })).toEqual({ replicas: 3 });
		expect(options({ ...written, way: "number" })).toBe("--instances 3");
	});
	it("is nothing while it is not whole", () => {
		const written = { way: "load", number: "", min: "1", max: "6", cpu: "", memory: "" } as const;
		expect(read(written)).toBeUndefined();
		expect(read({ ...written, cpu: "many" })).toBeUndefined();
		expect(read({ ...written, way: "number" })).toBeUndefined();
	});
	it("can be said again as it was", () => {
		expect(saidOf({})).toEqual({});
		expect(saidOf({ replicas: 4 })).toEqual({ replicas: 4 });
		expect(saidOf({ autoscaling: { minInstances: 1, maxInstances: 2, cpuPercent: 80 } })).toEqual({
			autoscaling: { minInstances: 1, maxInstances: 2, cpuPercent: 80 },
		});
	});
});
