/** What was written, a line each, without what is blank. */
export const lines = (text: string): string[] =>
	text
		.split("\n")
		.map((it) => it.trim())
		.filter(Boolean);
