import { expect, it } from "vitest";
import { points } from "./points";

it("draws from nought to the highest", () => expect(points([0, 5, 10], 100, 23)).toBe("0,22 50,12 100,2"));
it("draws nothing of one value", () => expect(points([1], 100, 23)).toBe(""));
it("draws nought as a line at the bottom", () => expect(points([0, 0], 10, 23)).toBe("0,22 10,22"));
