import { plural, t } from "@lingui/core/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ChevronDown, ChevronUp, Download, Search } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Button, IconButton } from "../ui/Button";
import { type Line, spans } from "./lines";
import "./log.css";

const ROW = 20;

/**
 * A log of any length: only what is seen is drawn. Follows its end until one scrolls up; searches; keeps its colours.
 */
export function LogView({
	lines,
	label,
	name,
	running,
	empty,
	tools,
}: {
	lines: Line[];
	label: string;
	/** Of the file that can be saved. */
	name: string;
	/** More may come. */
	running: boolean;
	empty: ReactNode;
	tools?: ReactNode;
}) {
	const box = useRef<HTMLDivElement>(null);
	const [follow, setFollow] = useState(true);
	const [text, setText] = useState("");
	const [at, setAt] = useState(0);
	const wanted = useDeferredValue(text.trim().toLowerCase());
	const matches = useMemo(() => {
		if (!wanted) return [];
		const found: number[] = [];
		lines.forEach((it, index) => {
			if (it.text.toLowerCase().includes(wanted)) found.push(index);
		});
		return found;
	}, [lines, wanted]);
	const current = matches[Math.min(at, matches.length - 1)];

	const rows = useVirtualizer({
		count: lines.length,
		getScrollElement: () => box.current,
		estimateSize: () => ROW,
		overscan: 30,
	});

	useEffect(() => {
		if (follow && !wanted && lines.length) rows.scrollToIndex(lines.length - 1, { align: "end" });
	}, [follow, wanted, lines.length, rows]);
	useEffect(() => {
		if (current !== undefined) rows.scrollToIndex(current, { align: "center" });
	}, [current, rows]);

	const move = (step: number) => {
		if (matches.length) setAt((at + step + matches.length) % matches.length);
	};

	return (
		<div className="log">
			<div className="log-bar">
				<div className="log-search">
					<Search aria-hidden />
					<input
						type="search"
						aria-label={t`Search in ${label}`}
						placeholder={t`Search`}
						value={text}
						onChange={(event) => {
							setText(event.target.value);
							setAt(0);
						}}
						onKeyDown={(event) => {
							if (event.key === "Enter") move(event.shiftKey ? -1 : 1);
							if (event.key === "Escape") setText("");
						}}
					/>
					{wanted && (
						<>
							<span className="log-count" role="status">
								{matches.length ? t`${Math.min(at, matches.length - 1) + 1} of ${matches.length}` : t`none`}
							</span>
							<IconButton label={t`Match before`} onClick={() => move(-1)}>
								<ChevronUp />
							</IconButton>
							<IconButton label={t`Next match`} onClick={() => move(1)}>
								<ChevronDown />
							</IconButton>
						</>
					)}
				</div>
				{tools}
				<span className="log-count">{plural(lines.length, { one: "# line", other: "# lines" })}</span>
				<IconButton label={t`Save as a file`} disabled={!lines.length} onClick={() => save(name, lines)}>
					<Download />
				</IconButton>
			</div>
			<div className="log-frame">
				<section
					ref={box}
					className="log-box"
					aria-label={label}
					tabIndex={0}
					onScroll={(event) => {
						const it = event.currentTarget;
						setFollow(it.scrollHeight - it.scrollTop - it.clientHeight < ROW * 2);
					}}
				>
					{lines.length === 0 ? (
						<p className="log-empty">{empty}</p>
					) : (
						<div className="log-lines" style={{ height: rows.getTotalSize() }}>
							{rows.getVirtualItems().map((row) => {
								const line = lines[row.index]!;
								return (
									<div
										key={row.key}
										data-index={row.index}
										ref={rows.measureElement}
										className={`log-line ${row.index === current ? "log-line-found" : ""}`}
										style={{ transform: `translateY(${row.start}px)` }}
									>
										<span className="log-number" aria-hidden>
											{line.number}
										</span>
										{line.time && <span className="log-time">{line.time}</span>}
										{line.source && <span className="log-source">{line.source}</span>}
										<code>
											{wanted && line.text.toLowerCase().includes(wanted)
												? marked(line.text, wanted)
												: colored(line.raw)}
										</code>
									</div>
								);
							})}
						</div>
					)}
				</section>
				{!follow && lines.length > 0 && (
					<Button
						small
						className="log-end"
						icon={<ArrowDown />}
						onClick={() => {
							setText("");
							setFollow(true);
							rows.scrollToIndex(lines.length - 1, { align: "end" });
						}}
					>
						{running ? t`Follow` : t`To the end`}
					</Button>
				)}
			</div>
		</div>
	);
}

function colored(raw: string) {
	return spans(raw).map((it, index) => (
		<span
			key={index}
			className={
				[it.color !== undefined && `ansi-${it.color}`, it.bold && "ansi-bold", it.faint && "ansi-faint"]
					.filter(Boolean)
					.join(" ") || undefined
			}
		>
			{it.text}
		</span>
	));
}

function marked(text: string, wanted: string) {
	const parts: ReactNode[] = [];
	const low = text.toLowerCase();
	let from = 0;
	for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
		parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>);
		from = at + wanted.length;
	}
	parts.push(text.slice(from));
	return parts;
}

function save(name: string, lines: Line[]) {
	const url = URL.createObjectURL(new Blob([lines.map((it) => `${it.text}\n`).join("")], { type: "text/plain" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
