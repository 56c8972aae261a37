import type { Box } from "./layout";

/** A point p of the drawing is seen at p · zoom + (x, y). */
export interface Viewport {
	x: number;
	y: number;
	zoom: number;
}

export const clampZoom = (zoom: number) => Math.min(4, Math.max(0.08, zoom));

/** All of it, in the middle, never larger than life. */
export function fit(bounds: Box, width: number, height: number, margin = 24): Viewport {
	const zoom = clampZoom(Math.min(1.15, (width - 2 * margin) / bounds.width, (height - 2 * margin) / bounds.height));
	return {
		zoom,
		x: (width - bounds.width * zoom) / 2 - bounds.x * zoom,
		y: (height - bounds.height * zoom) / 2 - bounds.y * zoom,
	};
}

/** What is under the point stays there. */
export function zoomed(view: Viewport, factor: number, at: { x: number; y: number }): Viewport {
	const zoom = clampZoom(view.zoom * factor);
	const real = zoom / view.zoom;
	return { zoom, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real };
}

export const panned = (view: Viewport, dx: number, dy: number): Viewport => ({
	...view,
	x: view.x + dx,
	y: view.y + dy,
});
