/** The sign of Cytoplane: a cell with two components in it. */
export function Mark() {
	return (
		<svg className="mark" viewBox="0 0 32 32" aria-hidden focusable="false">
			<path d="M11 3h10l8 8v10l-8 8H11l-8-8V11z" fill="var(--accent-solid)" />
			<circle cx="13" cy="14" r="3.2" fill="#fff" />
			<circle cx="20" cy="19" r="2.2" fill="#fff" opacity=".85" />
			<path d="M15.4 15.8l2.8 2" stroke="#fff" strokeWidth="1.4" />
		</svg>
	);
}
