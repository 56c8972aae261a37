import { t } from "@lingui/core/macro";
import { asName, nameHint } from "../lib/names";
import { TextField } from "./Field";

/** The name of something new, made one that can be used when it is left. */
export function NameField({
	value,
	onChange,
	wrong,
}: {
	value: string;
	onChange: (name: string) => void;
	wrong: string | undefined;
}) {
	return (
		<TextField
			label={t`Name`}
			value={value}
			onChange={(e) => onChange(e.target.value)}
			onBlur={() => onChange(asName(value))}
			hint={nameHint()}
			wrong={wrong}
			autoFocus
			required
		/>
	);
}
