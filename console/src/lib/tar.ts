/** A file for an archive. */
export interface Entry {
	/** With slashes, without one at the beginning. */
	path: string;
	content: Uint8Array;
	executable?: boolean;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/** A POSIX (ustar, pax for long paths) archive of files. */
export function tar(entries: Entry[]): Uint8Array<ArrayBuffer> {
	const parts: Uint8Array[] = [];
	for (const it of entries) {
		const name = encoder.encode(it.path);
		if (name.length > 100) {
			const record = pax("path", it.path);
			parts.push(header("@pax", record.length, "x", false), padded(record));
		}
		parts.push(
			header(name.length > 100 ? "@long" : it.path, it.content.length, "0", it.executable ?? false),
			padded(it.content),
		);
	}
	parts.push(new Uint8Array(2 * BLOCK));
	const whole = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
	let at = 0;
	for (const it of parts) {
		whole.set(it, at);
		at += it.length;
	}
	return whole;
}

export async function gzip(content: Uint8Array<ArrayBuffer>): Promise<Blob> {
	return new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

function header(name: string, size: number, kind: string, executable: boolean): Uint8Array {
	const block = new Uint8Array(BLOCK);
	const put = (text: string, at: number) => block.set(encoder.encode(text), at);
	const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, "0");
	put(name, 0);
	put(octal(executable ? 0o755 : 0o644, 8), 100);
	put(octal(0, 8), 108);
	put(octal(0, 8), 116);
	put(octal(size, 12), 124);
	// The same files give the same archive.
	put(octal(0, 12), 136);
	put("        ", 148);
	put(kind, 156);
	put("ustar\u000000", 257);
	const sum = block.reduce((total, it) => total + it, 0);
	put(`${octal(sum, 7)}\0 `, 148);
	return block;
}

function padded(content: Uint8Array): Uint8Array {
	const whole = new Uint8Array(Math.ceil(content.length / BLOCK) * BLOCK);
	whole.set(content);
	return whole;
}

/** "LENGTH key=value\n", in which the length counts itself. */
function pax(key: string, value: string): Uint8Array {
	const body = ` ${key}=${value}\n`;
	const rest = encoder.encode(body).length;
	let length = rest;
	while (String(length).length + rest !== length) length = String(length).length + rest;
	return encoder.encode(length + body);
}
