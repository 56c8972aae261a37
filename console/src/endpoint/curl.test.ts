import { describe, expect, it } from "vitest";
import { curl } from "./curl";

const call = { method: "GET", path: "/", headers: [], body: "" };

describe("the same by curl", () => {
	it("is short for what is simple", () => {
		expect(curl("http://web.localhost:8080/", call)).toBe("curl --include http://web.localhost:8080/");
		expect(curl("http://web.localhost/api", { ...call, path: "/items?x=1" })).toBe(
			"curl --include 'http://web.localhost/api/items?x=1'",
		);
	});
	it("says method, headers and body", () => {
		expect(
			curl("http://a/", {
				method: "PUT",
				path: "/x",
				headers: [
					{ name: "Content-Type", value: "application/json" },
					{ name: "", value: "not given" },
				],
				body: '{"a": 1}',
			}),
		).toBe(`curl --include --request PUT --header 'Content-Type: application/json' --data-raw '{"a": 1}' http://a/x`);
		expect(curl("http://a/", { ...call, method: "POST", body: "x" })).toBe("curl --include --data-raw x http://a/");
		expect(curl("http://a/", { ...call, method: "POST" })).toBe("curl --include --request POST http://a/");
	});
	it("sends no body where there is none, and asks for the head only", () => {
		expect(curl("http://a/", { ...call, method: "HEAD", body: "left over" })).toBe("curl --head http://a/");
	});
	it("lets nothing out of its quotes", () => {
		expect(curl("http://a/", { ...call, path: "/'; rm -rf ~ #" })).toBe(`curl --include 'http://a/'\\''; rm -rf ~ #'`);
		expect(curl("http://a/", { ...call, path: "/{a,b}[1-9]" })).toBe("curl --include --globoff 'http://a/{a,b}[1-9]'");
	});
});
