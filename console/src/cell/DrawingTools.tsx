import { t } from "@lingui/core/macro";
import { Download, Maximize2, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "../ui/Button";

/** What can be done to a drawing, for those who have no wheel. */
export function DrawingTools({
	zoomBy,
	reset,
	save,
}: {
	zoomBy: (factor: number) => void;
	reset: () => void;
	save: () => void;
}) {
	return (
		<div className="cell-tools">
			<IconButton label={t`Zoom in`} onClick={() => zoomBy(1.25)}>
				<ZoomIn />
			</IconButton>
			<IconButton label={t`Zoom out`} onClick={() => zoomBy(0.8)}>
				<ZoomOut />
			</IconButton>
			<IconButton label={t`Show all`} onClick={reset}>
				<Maximize2 />
			</IconButton>
			<IconButton label={t`Save as SVG`} onClick={save}>
				<Download />
			</IconButton>
		</div>
	);
}
