// See benchmarks/console. Prints tables; measures nothing that the page says of itself, only what the browser does.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, cpSync } from "node:fs";
import { createServer, get } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const root = process.argv[2];
const runs = Number(process.env.RUNS ?? 5);
const ROWS = 10_000;
const LINES = 100_000;
const installed = createRequire(join(root, "console/package.json"));
const { chromium } = installed("@playwright/test");

const home = process.env.CYTO_HOME;
const read = (name) => JSON.parse(readFileSync(join(home, name), "utf8"));
const url = read("platform.json").addresses.api;
const password = read("credentials").adminPassword;

const browser = await chromium.launch({
	executablePath:
		process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync),
	args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
console.log(`Chromium ${browser.version()}, headless, 1440 × 900; ${runs} runs each, median (worst)`);

const sorted = (values) => [...values].sort((a, b) => a - b);
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const median = (values) => at(values, 0.5);
const said = (values, unit = "ms") => `${Math.round(median(values))} (${Math.round(Math.max(...values))}) ${unit}`;
const ratio = (a, b) => (median(b) ? (median(a) / median(b)).toFixed(2) : "–");

/** Before each document: notes when the first heading is there, and how long the page was busy. */
function watch() {
	window.__seen = { heading: 0, busyUntil: 0, blocked: 0 };
	new PerformanceObserver((list) => {
		for (const it of list.getEntries()) {
			window.__seen.busyUntil = it.startTime + it.duration;
			window.__seen.blocked += Math.max(0, it.duration - 50);
		}
	}).observe({ type: "longtask", buffered: true });
	const look = () => {
		if (document.querySelector("h1")) window.__seen.heading = performance.now();
		else requestAnimationFrame(look);
	};
	look();
}

async function newPage(storageState) {
	const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	page.on("pageerror", (failure) => {
		throw failure;
	});
	return page;
}

/** Scrolls for three seconds, a piece each frame, and tells how long each frame took, in milliseconds. */
async function frames(page, selector) {
	return page.evaluate(async (where) => {
		const box = where ? document.querySelector(where) : document.scrollingElement;
		box.scrollTop = 0;
		await new Promise((resolve) => setTimeout(resolve, 300));
		const taken = [];
		let last = await new Promise(requestAnimationFrame);
		const end = last + 3000;
		while (last < end) {
			box.scrollTop += 240;
			const now = await new Promise(requestAnimationFrame);
			taken.push(now - last);
			last = now;
		}
		if (box.scrollTop < 240) throw new Error("Nothing scrolled");
		return taken;
	}, selector);
}

const smooth = (all) => {
	const late = all.filter((it) => it > 34).length / all.length;
	return `${at(all, 0.5).toFixed(1)} / ${at(all, 0.95).toFixed(1)} / ${Math.max(...all).toFixed(0)} ms | ${(late * 100).toFixed(1)} %`;
};

/** The size of a file as a server sends it with gzip. */
const gzipped = (address) =>
	new Promise((resolve, reject) => {
		get(address, { headers: { "Accept-Encoding": "gzip" } }, (answer) => {
			let size = 0;
			answer.on("data", (piece) => (size += piece.length)).on("end", () => resolve(size));
		}).on("error", reject);
	});

/** One cold load of a page: scripts, and when it could be used. */
async function load(address, storageState, ready) {
	const page = await newPage(storageState);
	await page.addInitScript(watch);
	const scripts = [];
	page.on("response", (answer) => {
		if (answer.request().resourceType() === "script" && answer.url().startsWith(new URL(address).origin))
			scripts.push(answer.url());
	});
	const begin = performance.now();
	await page.goto(address);
	await ready(page);
	const shown = performance.now() - begin;
	await page.waitForTimeout(1000); // Nothing long runs any more.
	const seen = await page.evaluate(() => window.__seen);
	await page.context().close();
	const unique = [...new Set(scripts)];
	const sizes = await Promise.all(unique.map(gzipped));
	return {
		kilobytes: sizes.reduce((sum, it) => sum + it, 0) / 1000,
		files: unique.length,
		// Of the last document; before it stands the sign-in's redirect, which the whole has in it.
		interactive: Math.max(seen.heading, seen.busyUntil),
		whole: shown,
		blocked: seen.blocked,
	};
}

// The peer, built like the console and served from the same machine, compressed.
const { build } = await import(pathToFileURL(installed.resolve("vite")).href);
const folder = mkdtempSync(join(tmpdir(), "least-"));
cpSync(join(root, "benchmarks/src/console-peer"), folder, { recursive: true });
symlinkSync(join(root, "console/node_modules"), join(folder, "node_modules"));
await build({ root: folder, logLevel: "error", build: { outDir: "site", target: "es2023", modulePreload: { polyfill: false } } });

const rows = Array.from({ length: ROWS }, (_, it) => ({
	cell: `project-${it % 100}.development.acme`,
	project: `project-${it % 100}`,
	environment: "development",
	component: `component-${it}`,
	name: "http",
	visibility: "public",
	url: `http://project-${it % 100}.development.acme.localhost:8080/component-${it}`,
	urls: [],
	health: "HEALTHY",
	release: "r-0123456789ab",
}));
const lines = Array.from({ length: LINES }, (_, it) => ({
	time: new Date(Date.UTC(2026, 0, 1) + it * 10).toISOString(),
	instance: "api-1",
	text: `\u001b[32mINFO\u001b[0m GET /orders/${it} answered with 200 in ${it % 97} ms, trace 4bf92f3577b34da6a3ce929d0e0e4736`,
}));
const types = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };
const peer = createServer((request, response) => {
	const path = new URL(request.url, "http://localhost").pathname;
	const made = path === "/rows.json" ? rows : path === "/lines.json" ? lines : undefined;
	const file = join(folder, "site", path === "/" ? "index.html" : path);
	if (!made && !(existsSync(file) && statSync(file).isFile())) return response.writeHead(404).end();
	const content = made ? JSON.stringify(made) : readFileSync(file);
	response.writeHead(200, { "Content-Type": types[made ? ".json" : extname(file)] ?? "", "Content-Encoding": "gzip" });
	response.end(gzipSync(content));
});
await new Promise((listening) => peer.listen(0, "127.0.0.1", listening));
const least = `http://127.0.0.1:${peer.address().port}/`;

try {
	// Sign in once; each page after it has the identity provider's cookie, as a browser of every day has.
	const first = await newPage();
	await first.goto(url);
	await first.getByLabel("Username").fill("admin");
	await first.getByLabel("Password", { exact: true }).fill(password);
	await first.getByRole("button", { name: "Sign In" }).click();
	await first.getByRole("navigation", { name: "Main" }).waitFor();
	const state = await first.context().storageState();
	await first.context().close();

	const ours = [];
	const theirs = [];
	const heading = (page) => page.getByRole("heading", { level: 1 }).waitFor();
	await load(`${url}/orgs/acme`, state, heading); // The server's own first time is not the console's.
	for (let run = 0; run < runs; run++) {
		ours.push(await load(`${url}/orgs/acme`, state, heading));
		theirs.push(await load(least, undefined, heading));
	}
	const of = (list, what) => list.map((it) => it[what]);
	console.log("\n| first load, nothing cached | console | the least | ratio |\n| --- | --- | --- | --- |");
	console.log(
		`| JavaScript, gzip | ${median(of(ours, "kilobytes")).toFixed(0)} kB in ${ours[0].files} files | ${median(of(theirs, "kilobytes")).toFixed(0)} kB | ${ratio(of(ours, "kilobytes"), of(theirs, "kilobytes"))} |`,
	);
	console.log(
		`| from the document's start until it can be used | ${said(of(ours, "interactive"))} | ${said(of(theirs, "interactive"))} | ${ratio(of(ours, "interactive"), of(theirs, "interactive"))} |`,
	);
	console.log(
		`| the whole, with the sign-in's redirect there and back | ${said(of(ours, "whole"))} | ${said(of(theirs, "whole"))} | ${ratio(of(ours, "whole"), of(theirs, "whole"))} |`,
	);
	console.log(`| blocked in it (beyond 50 ms) | ${said(of(ours, "blocked"))} | ${said(of(theirs, "blocked"))} | |`);

	// Changes of page: from the click to the frame in which the new page stands, its data read.
	const page = await newPage(state);
	await page.goto(`${url}/orgs/acme/projects/storefront/components/api`);
	await heading(page);
	const tabs = page.getByRole("navigation", { name: "Component" });
	const change = async (name, hover) => {
		const link = tabs.getByRole("link", { name, exact: true });
		if (hover) {
			await link.hover();
			await page.waitForTimeout(250); // From pointing to pressing, as people do.
		}
		const taken = page.evaluate(
			() =>
				new Promise((resolve) => {
					let begun = 0;
					const before = location.pathname;
					addEventListener("click", (event) => (begun = event.timeStamp), { capture: true, once: true });
					const look = () => {
						const there =
							begun &&
							location.pathname !== before &&
							!document.querySelector('main [role="status"][aria-label="Loading"]') &&
							document.querySelector(`nav[aria-label="Component"] a[aria-current="page"][href^="${location.pathname}"]`);
						if (there) resolve(performance.now() - begun);
						else requestAnimationFrame(look);
					};
					look();
				}),
		);
		await page.waitForTimeout(30);
		await link.evaluate((it) => it.click());
		return taken;
	};
	const cold = [];
	const warm = [];
	const TABS = ["Builds", "Runtime", "Configuration", "Releases", "Deployments"];
	for (const name of TABS) cold.push(await change(name, true));
	for (let run = 0; run < runs; run++) for (const name of TABS) warm.push(await change(name, true));
	console.log("\n| change of page, from click to the frame that shows it | console |\n| --- | --- |");
	console.log(`| the first time there | ${said(cold)} |`);
	console.log(`| again | ${said(warm)} |`);
	await page.context().close();

	// Long lists: the API's answers are made up, as nobody has 10,000 components here. All else is the console's.
	const long = await newPage(state);
	await long.route("**/api/v1/organizations/acme/endpoints?**", (route) => {
		const query = new URL(route.request().url()).searchParams;
		const from = Number(query.get("cursor") ?? 0);
		const to = from + Number(query.get("limit"));
		return route.fulfill({ json: { items: rows.slice(from, to), nextCursor: to < ROWS ? `${to}` : null } });
	});
	await long.goto(`${url}/orgs/acme/endpoints`);
	await long.getByRole("table", { name: "Endpoints" }).waitFor({ timeout: 120_000 });
	const scrolls = [];
	for (let run = 0; run < runs; run++) scrolls.push(...(await frames(long)));
	await long.context().close();
	const plain = await newPage();
	await plain.goto(`${least}#rows`);
	await plain.locator("tr").nth(ROWS - 1).waitFor({ state: "attached", timeout: 120_000 });
	const plainScrolls = [];
	for (let run = 0; run < runs; run++) plainScrolls.push(...(await frames(plain)));
	await plain.context().close();

	const logs = await newPage(state);
	let told = false;
	await logs.route("**/components/api/logs?**", (route) => {
		// An answer that is made up ends; the page asks for more, which does not come, as of a component that says nothing.
		if (told) return;
		told = true;
		return route.fulfill({
			contentType: "text/event-stream",
			body: lines.map((it) => `event: line\ndata: ${JSON.stringify(it)}\n\n`).join(""),
		});
	});
	const reading = performance.now();
	await logs.goto(`${url}/orgs/acme/projects/storefront/components/api/runtime?environment=development`);
	await logs.getByText(`GET /orders/${LINES - 1} `).waitFor({ timeout: 120_000 });
	const read100 = performance.now() - reading;
	const logScrolls = [];
	for (let run = 0; run < runs; run++) logScrolls.push(...(await frames(logs, ".log-box")));
	await logs.context().close();
	const plainLog = await newPage();
	const plainReading = performance.now();
	await plainLog.goto(`${least}#lines`);
	await plainLog.locator("code").nth(LINES - 1).waitFor({ state: "attached", timeout: 120_000 });
	const plainRead = performance.now() - plainReading;
	const plainLogScrolls = [];
	for (let run = 0; run < runs; run++) plainLogScrolls.push(...(await frames(plainLog, ".log")));
	await plainLog.context().close();

	console.log("\n| scrolling, 240 px a frame | frame: median / p95 / longest | frames later than 34 ms |\n| --- | --- | --- |");
	console.log(`| console, ${ROWS} rows | ${smooth(scrolls)} |`);
	console.log(`| the least, ${ROWS} rows | ${smooth(plainScrolls)} |`);
	console.log(`| console, ${LINES} lines of a log | ${smooth(logScrolls)} |`);
	console.log(`| the least, ${LINES} lines | ${smooth(plainLogScrolls)} |`);
	console.log(
		`\nFrom the address to the last of ${LINES} lines in the page: console ${(read100 / 1000).toFixed(1)} s with sign-in, the least ${(plainRead / 1000).toFixed(1)} s: ratio ${(read100 / plainRead).toFixed(2)}`,
	);
} finally {
	await browser.close();
	peer.close();
	rmSync(folder, { recursive: true });
}
