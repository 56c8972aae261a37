import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiProblem } from "../api/problem";
import { toast } from "./toast";

interface Act<A extends unknown[], R> {
	/** The call. */
	run: (...args: A) => Promise<R>;
	/** What is read anew afterwards; events would say so, too, a moment later. */
	refresh?: QueryKey[];
	/** What the toast says; nothing for none. */
	done?: (result: R, ...args: A) => string | { title: string; undo?: () => void | Promise<unknown> } | undefined;
	/** Failures are shown at the form, not in a toast. */
	inForm?: boolean;
}

/**
 * Something that a person does: busy while it runs, a toast at its end, what the API says of fields for the form.
 */
export function useAct<A extends unknown[], R>({ run, refresh = [], done, inForm }: Act<A, R>) {
	const client = useQueryClient();
	const [busy, setBusy] = useState(false);
	const [failure, setFailure] = useState<Error>();

	const act = useCallback(
		async (...args: A): Promise<R | undefined> => {
			setBusy(true);
			setFailure(undefined);
			try {
				const result = await run(...args);
				await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
				const said = done?.(result, ...args);
				if (typeof said === "string") toast.done(said);
				else if (said) toast.done(said.title, said.undo ? { undo: said.undo } : {});
				return result;
			} catch (caught) {
				setFailure(caught as Error);
				if (!inForm) toast.failed(caught);
				return undefined;
			} finally {
				setBusy(false);
			}
		},
		[client, run, refresh, done, inForm],
	);

	return {
		act,
		busy,
		failure,
		/** What is wrong with a field. */
		wrong: (field: string) => (failure instanceof ApiProblem ? failure.field(field) : undefined),
		/** What is wrong otherwise. */
		trouble:
			failure && !(failure instanceof ApiProblem && failure.problem.errors?.length) ? failure.message : undefined,
	};
}
