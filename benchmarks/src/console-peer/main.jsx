// The least that shows the same: a heading, and on request all rows of a table or all lines of a log, as React puts them
// into a page when nothing is done about their number.
import { createElement as h, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

function Rows({ rows }) {
	return h(
		"table",
		null,
		h(
			"tbody",
			null,
			rows.map((it) =>
				h(
					"tr",
					{ key: `${it.component}/${it.name}` },
					h("td", null, h("a", { href: "#" }, `${it.project}/${it.component} `, h("span", null, it.name))),
					h("td", null, it.health),
					h("td", null, it.environment),
					h("td", null, it.visibility),
					h("td", null, h("a", { href: it.url }, it.url)),
				),
			),
		),
	);
}

function Lines({ lines }) {
	return h(
		"div",
		{ className: "log", tabIndex: 0 },
		lines.map((it, index) => h("code", { key: index }, it.text)),
	);
}

function App() {
	const [data, setData] = useState();
	const what = location.hash.slice(1);
	useEffect(() => {
		if (what)
			fetch(`/${what}.json`)
				.then((answer) => answer.json())
				.then(setData);
	}, [what]);
	return h(
		"main",
		null,
		h("h1", null, "The least"),
		data && what === "rows" && h(Rows, { rows: data }),
		data && what === "lines" && h(Lines, { lines: data }),
	);
}

createRoot(document.getElementById("root")).render(h(App));
