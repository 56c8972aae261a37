import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gzip, tar } from "./tar";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "tar-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("is read by the tar that everybody has", async () => {
	const long = `${"deep/".repeat(30)}file.txt`;
	const archive = await gzip(
		tar([
			{ path: "a.txt", content: new TextEncoder().encode("hello") },
			{ path: "bin/run.sh", content: new TextEncoder().encode("#!/bin/sh\n"), executable: true },
			{ path: long, content: new Uint8Array(1000).fill(65) },
			{ path: "ünïcode.txt", content: new Uint8Array() },
		]),
	);
	writeFileSync(join(folder, "a.tgz"), new Uint8Array(await archive.arrayBuffer()));
	execFileSync("tar", ["xzf", "a.tgz"], { cwd: folder });
	expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("hello");
	expect(statSync(join(folder, "bin/run.sh")).mode & 0o111).toBeTruthy();
	expect(readFileSync(join(folder, long)).length).toBe(1000);
	expect(statSync(join(folder, "ünïcode.txt")).size).toBe(0);
});
