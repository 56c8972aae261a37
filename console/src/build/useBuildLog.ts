import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Schema } from "../api/client";
import { build, type ComponentRef } from "../api/queries";
import { stream } from "../live/stream";
import { type Line, LineBuffer } from "../log/lines";

/** A build's log as it is written, to its end; its state is kept with the query of the build. */
export function useBuildLog(ref: ComponentRef, id: string) {
	const client = useQueryClient();
	const { org, project, component } = ref;
	const [lines, setLines] = useState<Line[]>([]);
	const [ended, setEnded] = useState(false);

	useEffect(() => {
		const buffer = new LineBuffer();
		let fresh: Line[] = [];
		let frame = 0;
		const show = () => {
			frame = 0;
			const more = fresh;
			fresh = [];
			setLines((before) => before.concat(more));
		};
		setLines([]);
		setEnded(false);
		const key = build({ org, project, component }, id).queryKey;
		const end = stream(
			`/api/v1/organizations/${org}/projects/${project}/components/${component}/builds/${encodeURIComponent(id)}/events`,
			{
				onEvent: ({ type, data }) => {
					if (type === "log") {
						fresh.push(...buffer.push((JSON.parse(data) as { text: string }).text));
						frame ||= requestAnimationFrame(show);
					} else if (type === "status") {
						client.setQueryData(key, JSON.parse(data) as Schema["BuildView"]);
					}
				},
				onEnd: () => {
					fresh.push(...buffer.rest());
					show();
					setEnded(true);
				},
			},
		);
		return () => {
			cancelAnimationFrame(frame);
			end();
		};
	}, [client, org, project, component, id]);

	return { lines, ended };
}
