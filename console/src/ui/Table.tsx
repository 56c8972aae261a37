import type { ReactNode } from "react";
import { Empty } from "./Page";

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
	if (rows.length === 0) return empty ?? <Empty title="Nothing here" />;
	return (
		<div className="table-scroll">
			<table className="table" aria-label={label}>
				<thead>
					<tr>
						{columns.map((it) => (
							<th key={it.title} scope="col" className={place(it)}>
								{it.quiet ? <span className="visually-hidden">{it.title}</span> : it.title}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((it) => (
						<tr key={row(it)}>
							{columns.map((column) => (
								<td key={column.title} className={place(column)}>
									{column.cell(it)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

const place = <T,>(column: Column<T>) =>
	[column.wide && "wide", column.spare && "spare", column.end && "end"].filter(Boolean).join(" ") || undefined;
