/**
 * JSON with a line for each member. Every literal stays as it came: parsing and writing it again would change large
 * numbers. Text that is no JSON comes back as it is.
 */
export function indented(text: string): string {
	try {
		JSON.parse(text);
	} catch {
		return text;
	}
	let found = "";
	let depth = 0;
	const line = () => `\n${"  ".repeat(depth)}`;
	const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
	for (const [index, token] of tokens.entries()) {
		const before = tokens[index - 1];
		if (token === "}" || token === "]") {
			depth -= 1;
			found += (before === "{" || before === "[" ? "" : line()) + token;
		} else {
			if (before === "{" || before === "[") found += line();
			found += token === ":" ? ": " : token;
			if (token === ",") found += line();
			if (token === "{" || token === "[") depth += 1;
		}
	}
	return found;
}
