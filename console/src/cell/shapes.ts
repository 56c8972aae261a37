import type { Box } from "./layout";

export interface Point {
	x: number;
	y: number;
}

/** A box with its corners cut, some way outside of itself. */
export function octagon(box: Box, by: number, corner = 46): string {
	const x = box.x - by;
	const y = box.y - by;
	const w = box.width + 2 * by;
	const h = box.height + 2 * by;
	const c = corner + by * 0.4;
	return `M${x + c},${y} h${w - 2 * c} l${c},${c} v${h - 2 * c} l${-c},${c} h${-(w - 2 * c)} l${-c},${-c} v${-(h - 2 * c)} z`;
}

export const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export const n = (it: number) => Math.round(it * 10) / 10;

export function upDown(a: Point, b: Point) {
	const bend = Math.max(18, Math.abs(b.y - a.y) / 2) * Math.sign(b.y - a.y || 1);
	return `M${n(a.x)},${n(a.y)} C${n(a.x)},${n(a.y + bend)} ${n(b.x)},${n(b.y - bend)} ${n(b.x)},${n(b.y)}`;
}

export function sideways(a: Point, b: Point) {
	const bend = Math.max(18, Math.abs(b.x - a.x) / 2) * Math.sign(b.x - a.x || 1);
	return `M${n(a.x)},${n(a.y)} C${n(a.x + bend)},${n(a.y)} ${n(b.x - bend)},${n(b.y)} ${n(b.x)},${n(b.y)}`;
}
