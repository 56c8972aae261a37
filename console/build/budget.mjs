// Fails when a page needs more JavaScript, gzip, than we promise. Raise it here, by hand, with a reason.
import { readFileSync, rmSync, statSync } from "node:fs";

/** What people see after they have signed in, and whatever page a link leads them to instead. */
const FIRST = { name: "orgs.$org.index", budget: 250_000 };
const ANY = { budget: 260_000 };
const SITE = "target/site";
const MANIFEST = `${SITE}/.vite`;

/** Source, or what Vite calls it, to the file made of it and what that imports. */
const chunks = JSON.parse(readFileSync(`${MANIFEST}/manifest.json`, "utf8"));
rmSync(MANIFEST, { recursive: true });

/** The chunk with everything that it imports at once. */
function withImports(name, found = new Set()) {
	if (!found.has(name)) {
		found.add(name);
		for (const imported of chunks[name].imports ?? []) {
			withImports(imported, found);
		}
	}
	return found;
}

function size(names) {
	const files = new Set([...names].map((name) => chunks[name].file).filter((file) => file.endsWith(".js")));
	return [...files].reduce((sum, file) => {
		const packed = statSync(`${SITE}/${file}.gz`, { throwIfNoEntry: false });
		return sum + (packed ?? statSync(`${SITE}/${file}`)).size;
	}, 0);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

// Every page begins with these. Who reads another language than English loads that catalogue besides.
const always = ["index.html", "src/app.tsx"].reduce((found, name) => withImports(name, found), new Set());
const routes = Object.keys(chunks).filter((name) => name.startsWith("src/routes/"));
const path = (route) => route.slice("src/routes/".length, route.indexOf(".tsx"));
// orgs.$org is drawn around orgs.$org.cells.
const around = (route) => routes.filter((other) => `${path(route)}.`.startsWith(`${path(other)}.`));
const pages = routes
	.map((name) => ({
		name: path(name),
		bytes: size(around(name).reduce((found, part) => withImports(part, found), new Set(always))),
	}))
	.sort((a, b) => b.bytes - a.bytes);
const first = pages.find((page) => page.name === FIRST.name);
const [largest] = pages;
if (first === undefined) {
	throw new Error(`The manifest does not name ${FIRST.name}: has the router's plugin changed how it names pages?`);
}
console.log(
	`JavaScript, gzip: ${kilobytes(first.bytes)} for the first page, ${kilobytes(largest.bytes)} for the largest (${largest.name}), ${kilobytes(size(Object.keys(chunks)))} in all`,
);
for (const [page, budget] of [
	[first, FIRST.budget],
	[largest, ANY.budget],
]) {
	if (page.bytes > budget) {
		console.error(`${page.name} needs more than ${kilobytes(budget)}.`);
		process.exitCode = 1;
	}
}
