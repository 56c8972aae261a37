import type { Box } from "./layout";

const KEPT = [
	"fill",
	"stroke",
	"stroke-width",
	"stroke-dasharray",
	"stroke-linecap",
	"opacity",
	"font-family",
	"font-size",
	"font-weight",
	"text-anchor",
	"dominant-baseline",
];

/** Saves a drawing as it is seen, whole, as a file that needs no style sheet. */
export function exportSvg(svg: SVGSVGElement, bounds: Box, name: string) {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const from = svg.querySelectorAll("*");
	copy.querySelectorAll("*").forEach((it, index) => {
		const style = getComputedStyle(from[index]!);
		for (const property of KEPT) {
			const value = style.getPropertyValue(property);
			if (value) it.setAttribute(property, value);
		}
		for (const name of ["class", "tabindex", "aria-label", "href", "draggable"]) it.removeAttribute(name);
	});
	const margin = 24;
	const box = [bounds.x - margin, bounds.y - margin, bounds.width + 2 * margin, bounds.height + 2 * margin];
	copy.querySelector("g")?.removeAttribute("transform");
	copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
	copy.setAttribute("viewBox", box.join(" "));
	copy.setAttribute("width", `${box[2]}`);
	copy.setAttribute("height", `${box[3]}`);
	for (const name of ["class", "tabindex", "role"]) copy.removeAttribute(name);
	const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
	for (const [key, value] of Object.entries({ x: box[0], y: box[1], width: box[2], height: box[3] }))
		ground.setAttribute(key, `${value}`);
	ground.setAttribute(
		"fill",
		getComputedStyle(document.body).backgroundColor === "rgba(0, 0, 0, 0)"
			? getComputedStyle(document.documentElement).backgroundColor
			: getComputedStyle(document.body).backgroundColor,
	);
	copy.prepend(ground);
	const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
