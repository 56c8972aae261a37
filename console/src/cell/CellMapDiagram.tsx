import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { toneOf, wordOf } from "../ui/Status";
import { DrawingTools } from "./DrawingTools";
import { exportSvg } from "./exportSvg";
import type { Box } from "./layout";
import { type CellMap, mapLayout } from "./map";
import { octagon, short } from "./shapes";
import { useViewport } from "./useViewport";
import "./cell.css";

/** All cells of an environment, and which may call which. */
export function CellMapDiagram({ map, org, environment }: { map: CellMap; org: string; environment: string }) {
	const shape = JSON.stringify([map.cells.map((it) => it.name), map.outside, map.edges]);
	const places = useMemo(() => mapLayout(map), [shape]);
	const svg = useRef<SVGSVGElement>(null);
	const group = useRef<SVGGElement>(null);
	const { pointers, zoomBy, reset } = useViewport(svg, group, places.bounds);
	const [active, setActive] = useState<string>();
	const near = useMemo(() => {
		if (!active) return undefined;
		const mine = map.edges.filter((it) => it.from === active || it.to === active);
		return new Set([active, ...mine.flatMap((it) => [it.from, it.to])]);
	}, [active, map.edges]);
	const off = (id: string) => (near && !near.has(id) ? "cell-off" : "");

	return (
		<figure className="cell-figure">
			<DrawingTools
				zoomBy={zoomBy}
				reset={reset}
				save={() => exportSvg(svg.current!, places.bounds, `${org}.${environment}.svg`)}
			/>
			<svg
				ref={svg}
				className="cell-svg"
				role="group"
				aria-label={t`Cells of ${org} in ${environment}. Arrow keys move the drawing, plus and minus zoom, 0 shows all. As a table below.`}
				tabIndex={0}
				{...pointers}
			>
				<defs>
					<marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
						<path className="map-arrow" d="M0,0.5 L7,4 L0,7.5 z" />
					</marker>
				</defs>
				<g ref={group}>
					{places.paths.map(({ edge, path }) => (
						<g
							key={edge.id}
							className={!active ? undefined : edge.from === active || edge.to === active ? "cell-on" : "cell-off"}
						>
							<path d={path} className="cell-edge cell-edge-outer" markerEnd="url(#map-arrow)" />
							<title>{edge.calls.join(", ")}</title>
						</g>
					))}
					{map.outside.map((host) => (
						<Third key={host} host={host} box={places.boxes.get(`south/${host}`)!} off={off(`south/${host}`)} />
					))}
					{map.cells.map((it) => {
						const box = places.boxes.get(it.name)!;
						return (
							<Link
								key={it.name}
								to="/orgs/$org/projects/$project/cell"
								params={{ org, project: it.project }}
								search={{ environment }}
								className={`cell-node tone-${toneOf(it.health)} ${off(it.name)}`}
								aria-label={t`Cell ${it.project}: ${wordOf(it.health).toLowerCase()}, version ${it.version}, ${it.ready} of ${it.components} components ready`}
								draggable={false}
								onPointerEnter={() => setActive(it.name)}
								onPointerLeave={() => setActive(undefined)}
								onFocus={() => setActive(it.name)}
								onBlur={() => setActive(undefined)}
							>
								<path className="cell-membrane-outer" d={octagon(box, 6, 20)} />
								<path className="cell-membrane cell-box" d={octagon(box, 0, 20)} />
								<path className="cell-health" d={`M${box.x + 14},${box.y + 28} v${box.height - 56}`} />
								<text className="cell-title" x={box.x + 28} y={box.y + 40}>
									{short(it.project, 20)}
								</text>
								<text className="cell-detail" x={box.x + 28} y={box.y + 60}>
									<Trans>version {it.version}</Trans>
								</text>
								<text className="cell-count" x={box.x + box.width - 18} y={box.y + 40} textAnchor="end">
									{it.ready}/{it.components}
								</text>
								<text className="cell-kind" x={box.x + box.width - 18} y={box.y + 60} textAnchor="end">
									{wordOf(it.health).toLowerCase()}
								</text>
								{it.open && <Open box={box} />}
							</Link>
						);
					})}
				</g>
			</svg>
		</figure>
	);
}

/** It offers something to the public. */
function Open({ box }: { box: Box }) {
	const text = t`public`;
	const width = 26 + 7 * text.length;
	// Beside the middle, where calls arrive.
	const x = box.x + 28 + width / 2;
	return (
		<g className="cell-gateway">
			<rect x={x - width / 2} y={box.y - 11} width={width} height={22} rx={11} />
			<text x={x} y={box.y}>
				{text}
			</text>
		</g>
	);
}

function Third({ host, box, off }: { host: string; box: Box; off: string }) {
	return (
		<g className={off}>
			<rect className="cell-outside" {...box} rx={8} />
			<text className="cell-title" x={box.x + box.width / 2} y={box.y + 25} textAnchor="middle">
				{short(host, 24)}
			</text>
			<title>
				<Trans>{host}, a third party</Trans>
			</title>
		</g>
	);
}
