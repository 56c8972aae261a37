import { expect, it } from "vitest";
import { asName } from "./names";

it.each([
	["The Corner Shop", "the-corner-shop"],
	["Käse & Brot", "ka-se-brot"],
	["  42 things  ", "things"],
	["a".repeat(60), "a".repeat(40)],
	["!!!", ""],
])("%s is named %s", (text, name) => expect(asName(text)).toBe(name));
