import { describe, expect, it } from "vitest";
import { LineBuffer, plain, spans } from "./lines";

describe("a log in pieces", () => {
	it("becomes lines where they end", () => {
		const buffer = new LineBuffer();
		expect(buffer.push("one\ntw").map((it) => it.text)).toEqual(["one"]);
		expect(buffer.push("o\nthree").map((it) => it.text)).toEqual(["two"]);
		expect(buffer.rest().map((it) => [it.number, it.text])).toEqual([[3, "three"]]);
		expect(buffer.rest()).toEqual([]);
	});
	it("keeps the last state of a progress bar", () => {
		expect(new LineBuffer().push("10 %\r50 %\r100 %\r\n")[0]!.text).toBe("100 %");
	});
});

describe("colours of a terminal", () => {
	it("are spans", () => {
		expect(spans("\u001b[31;1mbad\u001b[0m good")).toEqual([
			{ text: "bad", color: 1, bold: true, faint: false },
			{ text: " good", color: undefined, bold: false, faint: false },
		]);
	});
	it("know the bright ones", () => expect(spans("\u001b[92mok")[0]!.color).toBe(10));
	it("leave other sequences out", () => {
		expect(plain("\u001b[2K\u001b]0;title\u0007text\u0000")).toBe("text");
		expect(spans("\u001b[2J\u001b[1mx").map((it) => it.text)).toEqual(["x"]);
	});
	it("never make markup of text", () => {
		expect(spans("<img src=x onerror=alert(1)>")[0]!.text).toBe("<img src=x onerror=alert(1)>");
	});
});
