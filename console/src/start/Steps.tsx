import { Check } from "lucide-react";

const STEPS = ["Organization", "Project", "Component"];

/** Where one is on the way from nothing to something that runs. */
export function Steps({ at }: { at: number }) {
	return (
		<ol className="steps" aria-label="Steps">
			{STEPS.map((it, index) => (
				<li
					key={it}
					className={index < at ? "step-done" : index === at ? "step-now" : ""}
					aria-current={index === at ? "step" : undefined}
				>
					<span className="step-number" aria-hidden>
						{index < at ? <Check /> : index + 1}
					</span>
					{it}
				</li>
			))}
		</ol>
	);
}
