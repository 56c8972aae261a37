import type { Schema } from "../api/client";

type Setting = Schema["DescriptorSetting"];

export interface Row {
	name: string;
	/** What the descriptor says of it; undefined for one that only this environment has. */
	declared: Setting | undefined;
	/** The environment's own value. */
	own: string | undefined;
}

/** The settings to show: those declared first, in their order, then the rest by name. */
export function rows(declared: Setting[], values: Record<string, string>): Row[] {
	const plain = declared.filter((it) => !it.secret);
	const names = new Set(plain.map((it) => it.name));
	return [
		...plain.map((it) => ({ name: it.name, declared: it, own: values[it.name] })),
		...Object.keys(values)
			.filter((it) => !names.has(it))
			.sort()
			.map((name) => ({ name, declared: undefined, own: values[name] })),
	];
}

export interface Change {
	name: string;
	from: string | undefined;
	to: string | undefined;
}

/** What a save would change. */
export function changes(before: Record<string, string>, after: Record<string, string>): Change[] {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])]
		.sort()
		.filter((name) => before[name] !== after[name])
		.map((name) => ({ name, from: before[name], to: after[name] }));
}
