import type { ComponentRef } from "../api/queries";

/** What a person wrote, one argument in each line. Empty lines are none; blanks belong to an argument. */
export const argumentsOf = (text: string): string[] => text.split("\n").filter((it) => it !== "");

const quoted = (it: string) => (/^[\w@%+=:,./-]+$/.test(it) ? it : `'${it.replaceAll("'", `'\\''`)}'`);

/** The same by the command line, as a shell would have to be told. */
export function commandOf(ref: ComponentRef, environment: string, given: string[]): string {
	const command = `cyto task run ${ref.project}/${ref.component} -e ${environment}`;
	return given.length === 0 ? command : `${command} -- ${given.map(quoted).join(" ")}`;
}
