import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { memo, useMemo, useRef, useState } from "react";
import { toneOf, wordOf } from "../ui/Status";
import { DrawingTools } from "./DrawingTools";
import { exportSvg } from "./exportSvg";
import { type Box, type Drawn, layout } from "./layout";
import type { CellModel, ComponentNode, Outside, Side } from "./model";
import { octagon, short } from "./shapes";
import type { Figures } from "./traffic";
import { useViewport } from "./useViewport";
import "./cell.css";

const SIDES: Record<Side, string> = { north: "northbound", west: "westbound", east: "eastbound", south: "southbound" };
const MANY = 28;

/** The cell: what is in it, its gateways on four sides, and every way that a call may take. */
export function CellDiagram({
	model,
	org,
	traffic,
}: {
	model: CellModel;
	org: string;
	/** By the id of an edge. */
	traffic: Map<string, Figures>;
}) {
	// Health changes often, places rarely: the layout is kept while the cell is the same.
	const shape = JSON.stringify([model.components.map((it) => it.id), model.outside, model.edges.map((it) => it.id)]);
	const places = useMemo(() => layout(model), [shape]);
	const svg = useRef<SVGSVGElement>(null);
	const group = useRef<SVGGElement>(null);
	const { pointers, zoomBy, reset } = useViewport(svg, group, places.bounds);
	const [active, setActive] = useState<string>();

	const near = useMemo(() => {
		if (!active) return undefined;
		const found = new Set([active]);
		for (const it of model.edges) {
			if (it.from === active) found.add(it.to);
			if (it.to === active) found.add(it.from);
		}
		return found;
	}, [active, model.edges]);
	const edges = new Map(model.edges.map((it) => [it.id, it]));
	const used = new Set(model.outside.map((it) => it.side));
	const many = model.components.length > MANY;

	return (
		<figure className="cell-figure">
			<DrawingTools
				zoomBy={zoomBy}
				reset={reset}
				save={() => exportSvg(svg.current!, places.bounds, `${model.project}.${model.environment}.svg`)}
			/>
			<svg
				ref={svg}
				className={`cell-svg ${near ? "cell-focused" : ""}`}
				role="group"
				aria-label={t`Cell ${model.project} in ${model.environment}. Arrow keys move it, plus and minus zoom, 0 shows all. As a table below.`}
				tabIndex={0}
				{...pointers}
			>
				<g ref={group}>
					<path className="cell-membrane-outer" d={octagon(places.cell, 9)} />
					<path className="cell-membrane" d={octagon(places.cell, 0)} />
					<text className="cell-name" x={places.cell.x + 62} y={places.cell.y + 34}>
						{model.project}
					</text>
					<text className="cell-about" x={places.cell.x + 62} y={places.cell.y + 51}>
						<Trans>
							{model.environment} · version {model.version}
						</Trans>
					</text>
					{places.outer.map((it) => (
						<path
							key={it.id}
							d={it.path}
							className={`cell-edge cell-edge-outer ${near && !near.has(it.id) ? "cell-off" : ""}`}
						/>
					))}
					{places.edges.map((it) => (
						<EdgeLine
							key={it.edge.id}
							drawn={it}
							healthy={edges.get(it.edge.id)?.healthy}
							{...said(traffic.get(it.edge.id))}
							state={!active ? "" : it.edge.from === active || it.edge.to === active ? "on" : "off"}
							labelled={!many || it.edge.from === active || it.edge.to === active}
						/>
					))}
					{(Object.keys(SIDES) as Side[]).map((it) => (
						<Gateway key={it} side={it} box={places.gateways[it]} used={used.has(it)} />
					))}
					{model.outside.map((it) => (
						<OutsideBox
							key={it.id}
							it={it}
							box={places.boxes.get(it.id)!}
							off={!!near && !near.has(it.id)}
							org={org}
							environment={model.environment}
							onActive={setActive}
						/>
					))}
					{model.components.map((it) => (
						<ComponentBox
							key={it.id}
							it={it}
							box={places.boxes.get(it.id)!}
							off={!!near && !near.has(it.id)}
							org={org}
							project={model.project}
							onActive={setActive}
						/>
					))}
				</g>
			</svg>
		</figure>
	);
}

const EdgeLine = memo(function EdgeLine({
	drawn,
	healthy,
	weight,
	figures,
	failed,
	state,
	labelled,
}: {
	drawn: Drawn;
	healthy: boolean | undefined;
	/** How much goes along it, in tenths. */
	weight: number;
	figures: string;
	failed: string;
	state: "" | "on" | "off";
	labelled: boolean;
}) {
	const { x, y, side } = drawn.label;
	// Above a component there is room above only.
	const top = figures && drawn.edge.side === "north" ? y - LINE : y;
	return (
		<g className={state ? `cell-${state}` : undefined}>
			<path
				d={drawn.path}
				className={`cell-edge ${healthy === false ? "cell-edge-bad" : ""} ${figures ? "cell-edge-used" : ""}`}
				style={figures ? { strokeWidth: 1.6 + weight * 0.34 } : undefined}
			/>
			{labelled && (drawn.edge.label || figures) && (
				<text className={`cell-label ${side ? `cell-label-${side}` : ""}`} x={x} y={top}>
					{drawn.edge.label}
					{failed && (
						<tspan className="cell-figures cell-failed">
							{" "}
							<Trans>{failed} failed</Trans>
						</tspan>
					)}
					{figures && (
						<tspan className="cell-figures" x={x} y={top + LINE}>
							{figures}
						</tspan>
					)}
				</text>
			)}
		</g>
	);
});

const LINE = 13;

/** Plain values, so that an edge of which nothing is new is not drawn anew. */
const said = (it: Figures | undefined) => ({
	weight: it ? Math.round(it.weight * 10) : 0,
	figures: it ? `${it.rate} · ${it.p50}` : "",
	failed: it?.failed ?? "",
});

function Gateway({ side, box, used }: { side: Side; box: Box; used: boolean }) {
	const upright = side === "west" || side === "east";
	const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	return (
		<g className={`cell-gateway ${used ? "" : "cell-gateway-idle"}`}>
			<rect {...box} rx={14} />
			<text x={at.x} y={at.y} transform={upright ? `rotate(${side === "west" ? -90 : 90} ${at.x} ${at.y})` : undefined}>
				{SIDES[side]}
			</text>
		</g>
	);
}

const OutsideBox = memo(function OutsideBox({
	it,
	box,
	off,
	org,
	environment,
	onActive,
}: {
	it: Outside;
	box: Box;
	off: boolean;
	org: string;
	environment: string;
	onActive: (id: string | undefined) => void;
}) {
	const drawing = (
		<>
			{it.project ? (
				<path className="cell-outside" d={octagon(box, 0, 12)} />
			) : (
				<rect className="cell-outside" {...box} rx={it.side === "north" ? 24 : 8} />
			)}
			<text className="cell-title" x={box.x + box.width / 2} y={box.y + 20} textAnchor="middle">
				{short(it.title, 20)}
			</text>
			<text className="cell-detail" x={box.x + box.width / 2} y={box.y + 35} textAnchor="middle">
				{short(it.detail, it.side === "north" ? 40 : 22)}
			</text>
			<title>
				{it.title}, {it.detail}
			</title>
		</>
	);
	const events = {
		onPointerEnter: () => onActive(it.id),
		onPointerLeave: () => onActive(undefined),
		onFocus: () => onActive(it.id),
		onBlur: () => onActive(undefined),
	};
	return (
		<g className={off ? "cell-off" : undefined} {...events}>
			{it.project ? (
				<Link
					to="/orgs/$org/projects/$project/cell"
					params={{ org, project: it.project }}
					search={{ environment }}
					aria-label={t`Cell ${it.title}`}
					draggable={false}
				>
					{drawing}
				</Link>
			) : (
				drawing
			)}
		</g>
	);
});

const ComponentBox = memo(function ComponentBox({
	it,
	box,
	off,
	org,
	project,
	onActive,
}: {
	it: ComponentNode;
	box: Box;
	off: boolean;
	org: string;
	project: string;
	onActive: (id: string | undefined) => void;
}) {
	const tone = toneOf(it.phase);
	return (
		<Link
			to="/orgs/$org/projects/$project/components/$component"
			params={{ org, project, component: it.name }}
			className={`cell-node tone-${tone} ${off ? "cell-off" : ""}`}
			aria-label={t`${it.name}: ${wordOf(it.phase).toLowerCase()}, ${it.ready} of ${it.replicas} ready`}
			draggable={false}
			onPointerEnter={() => onActive(it.id)}
			onPointerLeave={() => onActive(undefined)}
			onFocus={() => onActive(it.id)}
			onBlur={() => onActive(undefined)}
		>
			<rect className="cell-box" {...box} rx={9} />
			<path className="cell-health" d={`M${box.x + 1.5},${box.y + 12} v${box.height - 24}`} />
			<text className="cell-title" x={box.x + 16} y={box.y + 25}>
				{short(it.name, 19)}
			</text>
			<text className="cell-detail" x={box.x + 16} y={box.y + 43}>
				{it.release}
			</text>
			<text className="cell-count" x={box.x + box.width - 12} y={box.y + 25} textAnchor="end">
				{it.ready}/{it.replicas}
			</text>
			<text className="cell-kind" x={box.x + box.width - 12} y={box.y + 43} textAnchor="end">
				{it.type === "web-application" ? "web" : it.type}
			</text>
			<title>
				{it.name}: {it.message}
			</title>
		</Link>
	);
});
