// Fails when the first page needs more JavaScript than we promise. Raise it here, by hand, with a reason.
import { readdirSync, readFileSync, statSync } from "node:fs";

const BUDGET = 250_000;
const folder = "target/site";
const html = readFileSync(`${folder}/index.html`, "utf8");
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((it) => it[1]);
const size = (file) => {
	try {
		return statSync(`${folder}/${file}.gz`).size;
	} catch {
		return statSync(`${folder}/${file}`).size;
	}
};
const total = first.reduce((sum, file) => sum + size(file), 0);
const all = readdirSync(`${folder}/assets`).filter((it) => it.endsWith(".js"));
const everything = all.reduce((sum, file) => sum + size(`assets/${file}`), 0);
console.log(
	`JavaScript, gzip: ${(total / 1000).toFixed(1)} kB before the first page, ${(everything / 1000).toFixed(1)} kB in ${all.length} files in all`,
);
if (total > BUDGET) {
	console.error(`That is more than ${BUDGET / 1000} kB.`);
	process.exit(1);
}
