import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { ArrowLeft, ArrowRight, Plus, X } from "lucide-react";
import { IconButton } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";
import { moved } from "./order";

interface Place {
	name: string;
	dataPlane: string;
	production: boolean;
}

interface Drawn {
	label: string;
	places: readonly Place[];
	stages: readonly string[];
}

/** A pipeline as it is walked: from left to right, on a phone from top to bottom. */
export function Stages({ label, places, stages }: Drawn) {
	return (
		<ol className="stages" aria-label={label}>
			{stages.map((stage) => (
				<li key={stage} className={productive(places, stage) ? "stage stage-production" : "stage"}>
					<What stage={stage} places={places} />
				</li>
			))}
		</ol>
	);
}

/** The same, with stages that can be moved, taken out and put in. */
export function StagesEditor({ label, places, stages, onChange }: Drawn & { onChange: (next: string[]) => void }) {
	const left = places.filter((it) => !stages.includes(it.name));
	return (
		<ol className="stages" aria-label={label}>
			{stages.map((stage, at) => (
				<li key={stage} className={productive(places, stage) ? "stage stage-production" : "stage"}>
					<What stage={stage} places={places} />
					<div className="stage-actions">
						<IconButton
							label={t`Move ${stage} earlier`}
							disabled={at === 0}
							onClick={() => onChange(moved(stages, stage, -1))}
						>
							<ArrowLeft />
						</IconButton>
						<IconButton
							label={t`Move ${stage} later`}
							disabled={at === stages.length - 1}
							onClick={() => onChange(moved(stages, stage, 1))}
						>
							<ArrowRight />
						</IconButton>
						<IconButton label={t`Take ${stage} out`} onClick={() => onChange(stages.filter((it) => it !== stage))}>
							<X />
						</IconButton>
					</div>
				</li>
			))}
			{left.length > 0 && (
				<li className="stage-add">
					<Menu
						align="start"
						trigger={
							<button type="button" className="stage-add-button">
								<Plus aria-hidden />
								<Trans>Add a stage</Trans>
							</button>
						}
					>
						{left.map((it) => (
							<MenuItem key={it.name} onClick={() => onChange([...stages, it.name])}>
								{it.name}
							</MenuItem>
						))}
					</Menu>
				</li>
			)}
		</ol>
	);
}

const productive = (places: readonly Place[], stage: string) => places.some((it) => it.name === stage && it.production);

function What({ stage, places }: { stage: string; places: readonly Place[] }) {
	const place = places.find((it) => it.name === stage);
	return (
		<div className="stage-what">
			<span className="stage-name">{stage}</span>
			<span className="stage-place">
				{place &&
					(place.production ? <Trans>on {place.dataPlane} · production</Trans> : <Trans>on {place.dataPlane}</Trans>)}
			</span>
		</div>
	);
}
