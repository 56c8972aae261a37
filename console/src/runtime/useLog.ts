import { useEffect, useState } from "react";
import type { ComponentRef } from "../api/queries";
import { type StreamState, stream } from "../live/stream";
import { type Line, plain } from "../log/lines";

const KEPT = 100_000;

interface Entry {
	time: string;
	instance: string;
	text: string;
}

/** What a component writes in an environment: its last lines, then each new one. */
export function useLog(ref: ComponentRef, environment: string, instance: string | undefined) {
	const { org, project, component } = ref;
	const [lines, setLines] = useState<Line[]>([]);
	const [state, setState] = useState<StreamState>("connecting");
	const [refused, setRefused] = useState<string>();

	useEffect(() => {
		let number = 0;
		let fresh: Line[] = [];
		let frame = 0;
		let started = false;
		const show = () => {
			frame = 0;
			const more = fresh;
			fresh = [];
			setLines((before) => before.concat(more).slice(-KEPT));
		};
		setLines([]);
		setRefused(undefined);
		const query = new URLSearchParams({ environment, follow: "true", tail: "1000", ...(instance && { instance }) });
		const end = stream(`/api/v1/organizations/${org}/projects/${project}/components/${component}/logs?${query}`, {
			forever: true,
			onState: (next) => {
				setState(next);
				if (next === "open") {
					// It begins with the last lines each time.
					if (started) setLines([]);
					started = true;
					number = 0;
				}
			},
			onRefused: (problem) => setRefused(problem.message),
			onEvent: ({ type, data }) => {
				if (type !== "line") return;
				const it = JSON.parse(data) as Entry;
				fresh.push({
					number: ++number,
					raw: it.text,
					text: plain(it.text),
					time: it.time.slice(11, 23),
					source: it.instance.slice(it.instance.lastIndexOf("-") + 1),
				});
				frame ||= requestAnimationFrame(show);
			},
		});
		return () => {
			cancelAnimationFrame(frame);
			end();
		};
	}, [org, project, component, environment, instance]);

	return { lines, state, refused };
}
