import { t } from "@lingui/core/macro";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, type Ref, useCallback, useLayoutEffect, useRef, useState } from "react";
import { Empty } from "./Page";

/** From so many rows on, only those are in the page that are near what is seen. */
const LONG = 150;
const ROW = 36;

export interface Column<T> {
	title: string;
	/** The title is read out only. */
	quiet?: boolean;
	cell: (row: T) => ReactNode;
	/** Takes what room there is. */
	wide?: boolean;
	/** Left out where the screen is narrow. */
	spare?: boolean;
	end?: boolean;
}

/** A plain table. Rows that lead somewhere have one real link, which the whole row follows. */
export function Table<T>({
	label,
	columns,
	rows,
	row,
	empty,
}: {
	label: string;
	columns: Column<T>[];
	rows: T[];
	row: (it: T) => string;
	empty?: ReactNode;
}) {
	if (rows.length === 0) return empty ?? <Empty title={t`Nothing here`} />;
	const long = rows.length > LONG;
	return (
		<div className="table-scroll">
			<table className="table" aria-label={label} {...(long && { "aria-rowcount": rows.length + 1 })}>
				<thead>
					<tr>
						{columns.map((it) => (
							<th key={it.title} scope="col" className={place(it)}>
								{it.quiet ? <span className="visually-hidden">{it.title}</span> : it.title}
							</th>
						))}
					</tr>
				</thead>
				{long ? (
					<LongBody columns={columns} rows={rows} row={row} />
				) : (
					<tbody>
						{rows.map((it) => (
							<tr key={row(it)}>
								<Cells columns={columns} it={it} />
							</tr>
						))}
					</tbody>
				)}
			</table>
		</div>
	);
}

function Cells<T>({ columns, it }: { columns: Column<T>[]; it: T }) {
	return columns.map((column) => (
		<td key={column.title} className={place(column)}>
			{column.cell(it)}
		</td>
	));
}

/** Ten thousand rows scroll like ten: what is far away is only as high as it would be. */
function LongBody<T>({ columns, rows, row }: { columns: Column<T>[]; rows: T[]; row: (it: T) => string }) {
	const body = useRef<HTMLTableSectionElement>(null);
	const [top, setTop] = useState(0);
	useLayoutEffect(() => setTop(body.current!.getBoundingClientRect().top + scrollY), []);
	const [height, setHeight] = useState(ROW);
	// The same function while the rows are the same, or each scroll would name all of them anew.
	const getItemKey = useCallback((index: number) => row(rows[index]!), [rows, row]);
	const virtual = useWindowVirtualizer({
		count: rows.length,
		estimateSize: useCallback(() => height, [height]),
		getItemKey,
		overscan: 20,
		scrollMargin: top,
	});
	const shown = virtual.getVirtualItems();
	const first = shown[0];
	const last = shown.at(-1);
	// As high as the first one is: what is as high as was thought needs no place to be counted anew.
	const drawn = shown.length > 0;
	useLayoutEffect(() => {
		if (drawn) setHeight(body.current!.querySelector<HTMLElement>("[data-index]")!.offsetHeight);
	}, [drawn]);
	return (
		<tbody ref={body}>
			<Space height={first ? first.start - top : 0} />
			{shown.map((at) => (
				<Row key={at.key} columns={columns} it={rows[at.index]!} index={at.index} measure={virtual.measureElement} />
			))}
			<Space height={last ? virtual.getTotalSize() - (last.end - top) : rows.length * ROW} />
		</tbody>
	);
}

/** While one scrolls, only rows that come into sight are drawn: those that stay are as they were. */
const Row = memo(function Row<T>({
	columns,
	it,
	index,
	measure,
}: {
	columns: Column<T>[];
	it: T;
	index: number;
	measure: Ref<HTMLTableRowElement>;
}) {
	return (
		<tr ref={measure} data-index={index} aria-rowindex={index + 2}>
			<Cells columns={columns} it={it} />
		</tr>
	);
}) as <T>(props: { columns: Column<T>[]; it: T; index: number; measure: Ref<HTMLTableRowElement> }) => ReactNode;

function Space({ height }: { height: number }) {
	if (height <= 0) return null;
	return (
		// biome-ignore lint/a11y/noAriaHiddenOnFocusable: there is nothing in it that could have the focus.
		<tr aria-hidden="true" className="table-space">
			<td style={{ height }} />
		</tr>
	);
}

const place = <T,>(column: Column<T>) =>
	[column.wide && "wide", column.spare && "spare", column.end && "end"].filter(Boolean).join(" ") || undefined;
