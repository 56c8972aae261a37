import {
	type KeyboardEvent,
	type PointerEvent,
	type RefObject,
	useCallback,
	useEffect,
	useLayoutEffect,
	useRef,
} from "react";
import type { Box } from "./layout";
import { clampZoom, fit, panned, type Viewport, zoomed } from "./viewport";

/**
 * Zooms and pans a drawing by wheel, drag, two fingers and keys. It moves the drawing itself, without React: as smooth
 * with two hundred components as with two.
 */
export function useViewport(svg: RefObject<SVGSVGElement | null>, group: RefObject<SVGGElement | null>, bounds: Box) {
	const view = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
	const touched = useRef(false);
	const frame = useRef(0);

	const show = useCallback(() => {
		frame.current = 0;
		const { x, y, zoom } = view.current;
		group.current?.setAttribute("transform", `translate(${x},${y}) scale(${zoom})`);
	}, [group]);
	const set = useCallback(
		(next: Viewport) => {
			view.current = { ...next, zoom: clampZoom(next.zoom) };
			frame.current ||= requestAnimationFrame(show);
		},
		[show],
	);
	const reset = useCallback(() => {
		const box = svg.current?.getBoundingClientRect();
		if (box?.width) set(fit(bounds, box.width, box.height));
		touched.current = false;
	}, [svg, bounds, set]);
	const zoomBy = useCallback(
		(factor: number, at?: { x: number; y: number }) => {
			const box = svg.current!.getBoundingClientRect();
			touched.current = true;
			set(zoomed(view.current, factor, at ?? { x: box.width / 2, y: box.height / 2 }));
		},
		[svg, set],
	);

	// Before the first frame: nothing is seen where it does not stay.
	useLayoutEffect(() => {
		if (touched.current) return;
		reset();
		cancelAnimationFrame(frame.current);
		show();
	}, [reset, show]);

	// Shows all of it until somebody has chosen what to see.
	useEffect(() => {
		const it = svg.current;
		if (!it) return;
		const watch = new ResizeObserver(() => {
			if (!touched.current) reset();
		});
		watch.observe(it);
		return () => watch.disconnect();
	}, [svg, reset]);

	// React's own wheel listeners are passive, and could not keep the page from scrolling.
	useEffect(() => {
		const it = svg.current;
		if (!it) return;
		const onWheel = (event: WheelEvent) => {
			// A page that is scrolled past stays one that scrolls: zooming takes Ctrl or a pinch, or a focused drawing.
			if (!event.ctrlKey && !event.metaKey && document.activeElement !== it) return;
			event.preventDefault();
			const box = it.getBoundingClientRect();
			zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), {
				x: event.clientX - box.x,
				y: event.clientY - box.y,
			});
		};
		it.addEventListener("wheel", onWheel, { passive: false });
		return () => it.removeEventListener("wheel", onWheel);
	}, [svg, zoomBy]);

	const fingers = useRef(new Map<number, { x: number; y: number }>());
	const pointers = {
		onPointerDown(event: PointerEvent) {
			if (event.button !== 0) return;
			fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
		},
		onPointerMove(event: PointerEvent) {
			const before = fingers.current.get(event.pointerId);
			if (!before) return;
			const now = { x: event.clientX, y: event.clientY };
			const dx = now.x - before.x;
			const dy = now.y - before.y;
			if (!event.currentTarget.hasPointerCapture(event.pointerId)) {
				if (Math.hypot(dx, dy) < 4) return;
				// Only now is it a drag; before, it could have been a click on a component.
				event.currentTarget.setPointerCapture(event.pointerId);
			}
			touched.current = true;
			const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
			fingers.current.set(event.pointerId, now);
			if (other) {
				const box = svg.current!.getBoundingClientRect();
				const factor =
					Math.hypot(now.x - other.x, now.y - other.y) /
					Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
				zoomBy(factor, { x: (now.x + other.x) / 2 - box.x, y: (now.y + other.y) / 2 - box.y });
			} else {
				set(panned(view.current, dx, dy));
			}
		},
		onPointerUp(event: PointerEvent) {
			fingers.current.delete(event.pointerId);
		},
		onPointerCancel(event: PointerEvent) {
			fingers.current.delete(event.pointerId);
		},
		onKeyDown(event: KeyboardEvent) {
			const step = 48;
			const moves: Record<string, [number, number]> = {
				ArrowLeft: [step, 0],
				ArrowRight: [-step, 0],
				ArrowUp: [0, step],
				ArrowDown: [0, -step],
			};
			const move = moves[event.key];
			if (move) {
				touched.current = true;
				set(panned(view.current, ...move));
			} else if (event.key === "+" || event.key === "=") zoomBy(1.25);
			else if (event.key === "-") zoomBy(0.8);
			else if (event.key === "0") reset();
			else return;
			event.preventDefault();
		},
	};
	return { pointers, zoomBy, reset };
}
