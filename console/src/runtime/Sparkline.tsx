import { points } from "./points";

/** The last minutes of a figure, small. The figure itself stands beside it in words. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
	return (
		<svg className="sparkline" viewBox="0 0 96 22" preserveAspectRatio="none" role="img" aria-label={label}>
			<polyline
				points={points(values, 96, 22)}
				fill="none"
				stroke="currentColor"
				strokeWidth="1.4"
				vectorEffect="non-scaling-stroke"
			/>
		</svg>
	);
}
