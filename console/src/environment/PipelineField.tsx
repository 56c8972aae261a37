import { t } from "@lingui/core/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { pipelines } from "../api/queries";
import { SelectField } from "../ui/Field";

/** By which pipeline a project's components are promoted. */
export function PipelineField({
	org,
	value,
	onChange,
	wrong,
}: {
	org: string;
	value: string;
	onChange: (pipeline: string) => void;
	wrong: string | undefined;
}) {
	const { data: list } = useSuspenseQuery(pipelines(org));
	return (
		<SelectField
			label={t`Deployment pipeline`}
			value={value}
			onChange={(e) => onChange(e.target.value)}
			hint={list.find((it) => it.name === value)?.stages.join(" → ")}
			wrong={wrong}
		>
			{list.map((it) => (
				<option key={it.name}>{it.name}</option>
			))}
		</SelectField>
	);
}
