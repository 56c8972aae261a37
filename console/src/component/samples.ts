import type { Entry } from "../lib/tar";

export interface Sample {
	id: "site" | "node" | "task";
	/** A name to begin with. */
	name: string;
	files: Entry[];
}

const file = (path: string, text: string): Entry => ({ path, content: new TextEncoder().encode(text) });

/** Small sources to begin with. They build on what every platform has. */
export const SAMPLES: Sample[] = [
	{
		id: "site",
		name: "web",
		files: [
			file(
				"cytoplane.yaml",
				`apiVersion: cytoplane.dev/v1alpha1
kind: Component
type: web-application
build:
  builder: static
  output: site
endpoints:
  - name: http
    visibility: public
    path: /
`,
			),
			file(
				"site/index.html",
				`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hello from a cell</title>
<link rel="stylesheet" href="style.css">
<main>
  <h1>Hello from a cell</h1>
  <p>This page was built, released and deployed by Cytoplane, and came to you through the gateway of its cell.</p>
  <p>Change <code>site/index.html</code>, upload the folder again, and see it here seconds later.</p>
</main>
`,
			),
			file(
				"site/style.css",
				`body { font: 18px/1.6 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; background: #f4f4fb; color: #1c1b2e; }
main { max-width: 36rem; padding: 2rem; }
h1 { line-height: 1.1; }
`,
			),
		],
	},
	{
		id: "node",
		name: "api",
		files: [
			file(
				"cytoplane.yaml",
				`apiVersion: cytoplane.dev/v1alpha1
kind: Component
type: service
configuration:
  - name: GREETING
    description: What callers are told
    value: Hello from a cell
endpoints:
  - name: http
    visibility: public
    path: /api
`,
			),
			file(
				"package.json",
				`{ "name": "api", "version": "1.0.0", "private": true, "scripts": { "start": "node server.js" } }\n`,
			),
			file(
				"server.js",
				`const { createServer } = require('node:http');

createServer((request, response) => {
  console.log(request.method, request.url);
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ greeting: process.env.GREETING, path: request.url }) + '\\n');
}).listen(process.env.PORT, process.env.HOST, () => console.log('Listening on', process.env.PORT));
`,
			),
		],
	},
	{
		id: "task",
		name: "report",
		files: [
			file(
				"cytoplane.yaml",
				`apiVersion: cytoplane.dev/v1alpha1
kind: Component
type: scheduled-task
run:
  command: [node, report.js]
task:
  schedule: "0 * * * *"
  timeoutSeconds: 300
configuration:
  - name: TITLE
    description: What the report is called
    value: Report
`,
			),
			file("package.json", `{ "name": "report", "version": "1.0.0", "private": true }\n`),
			file(
				"report.js",
				`const [day = 'today'] = process.argv.slice(2);

console.log(process.env.TITLE, 'of', day);
for (const step of ['collect', 'count', 'write']) console.log('-', step);
process.exit(day === 'never' ? 1 : 0);
`,
			),
		],
	},
];
