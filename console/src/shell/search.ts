/**
 * Finds what holds the letters in their order; beginnings of words and letters side by side come first. Entries of equal
 * worth keep their order.
 */
export function search<T>(text: string, entries: T[], words: (entry: T) => string): T[] {
	const wanted = text.trim().toLowerCase();
	if (!wanted) return entries;
	return entries
		.map((entry) => ({ entry, worth: worth(wanted, words(entry).toLowerCase()) }))
		.filter((it) => it.worth > 0)
		.sort((a, b) => b.worth - a.worth)
		.map((it) => it.entry);
}

export function worth(wanted: string, words: string): number {
	const whole = words.indexOf(wanted);
	if (whole >= 0) return 1000 - whole + (whole === 0 || /[\s/-]/.test(words[whole - 1]!) ? 500 : 0);
	let sum = 0;
	let at = -1;
	for (const letter of wanted) {
		if (letter === " ") continue;
		const next = words.indexOf(letter, at + 1);
		if (next < 0) return 0;
		sum += next === at + 1 ? 6 : next === 0 || /[\s/-]/.test(words[next - 1]!) ? 4 : 1;
		at = next;
	}
	return sum;
}
