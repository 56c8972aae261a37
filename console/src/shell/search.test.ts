import { describe, expect, it } from "vitest";
import { search } from "./search";

const find = (text: string, ...entries: string[]) => search(text, entries, (it) => it);

describe("the palette's search", () => {
	it("puts beginnings of words before middles", () => {
		expect(find("or", "storefront/api", "orders/orders")).toEqual(["orders/orders", "storefront/api"]);
	});
	it("finds letters that are apart", () => {
		expect(find("sfa", "storefront/api", "orders/orders")).toEqual(["storefront/api"]);
	});
	it("finds nothing where a letter is missing", () => {
		expect(find("xyz", "storefront/api")).toEqual([]);
	});
	it("gives everything in its order for no text", () => {
		expect(find("", "b", "a")).toEqual(["b", "a"]);
	});
});
