import { i18n } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import { Check } from "lucide-react";

const STEPS = [msg`Organization`, msg`Project`, msg`Component`];

/** Where one is on the way from nothing to something that runs. */
export function Steps({ at }: { at: number }) {
	return (
		<ol className="steps" aria-label={t`Steps`}>
			{STEPS.map((it, index) => (
				<li
					key={it.id}
					className={index < at ? "step-done" : index === at ? "step-now" : ""}
					aria-current={index === at ? "step" : undefined}
				>
					<span className="step-number" aria-hidden>
						{index < at ? <Check /> : index + 1}
					</span>
					{i18n._(it)}
				</li>
			))}
		</ol>
	);
}
