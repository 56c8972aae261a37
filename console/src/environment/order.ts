/** Environments as releases reach them: those of the first pipelines first, in their order; then the others by name. */
export function inOrder<E extends { name: string }>(
	environments: readonly E[],
	pipelines: readonly { name: string; stages: readonly string[] }[],
): E[] {
	const order = new Map<string, number>();
	for (const { stages } of defaultFirst(pipelines))
		for (const stage of stages) if (!order.has(stage)) order.set(stage, order.size);
	const place = (it: E) => order.get(it.name) ?? Number.MAX_SAFE_INTEGER;
	return [...environments].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** Pipelines by name, the one that new projects follow before all others. */
export function defaultFirst<P extends { name: string }>(pipelines: readonly P[]): P[] {
	const first = (it: P) => (it.name === "default" ? 0 : 1);
	return [...pipelines].sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name));
}

/** The stages with one of them moved by so many places; unchanged where it cannot go further. */
export function moved(stages: readonly string[], stage: string, by: number): string[] {
	const at = stages.indexOf(stage);
	const to = at + by;
	if (at < 0 || to < 0 || to >= stages.length) return [...stages];
	const rest = stages.filter((it) => it !== stage);
	return [...rest.slice(0, to), stage, ...rest.slice(to)];
}
