/** The points of a line through values, the newest at the right, from nought to the highest. */
export function points(values: number[], width: number, height: number): string {
	if (values.length < 2) return "";
	const top = Math.max(...values) || 1;
	const step = width / (values.length - 1);
	return values.map((it, index) => `${round(index * step)},${round(height - 1 - (it / top) * (height - 3))}`).join(" ");
}

const round = (value: number) => Math.round(value * 10) / 10;
