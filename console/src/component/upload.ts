import { data, type Schema, signedFetch } from "../api/client";
import type { ComponentRef } from "../api/queries";
import { type Entry, gzip, tar } from "../lib/tar";

/** What is never part of a source: Git's own folder, what builds bring, and what editors leave. */
const LEFT_OUT = /(^|\/)(\.git|node_modules|target|\.DS_Store|\.idea|\.vscode)(\/|$)/;

export const isSource = (path: string) => !LEFT_OUT.test(path);

/** The files of a chosen folder, named from inside it. */
export async function entries(files: Iterable<File & { readonly webkitRelativePath: string }>): Promise<Entry[]> {
	const found: Entry[] = [];
	for (const file of files) {
		const path = file.webkitRelativePath.split("/").slice(1).join("/") || file.name;
		if (isSource(path))
			found.push({
				path,
				content: new Uint8Array(await file.arrayBuffer()),
				executable: path.endsWith(".sh") || path === "mvnw",
			});
	}
	return found;
}

/** Uploads a working tree; the answer is the build that it leads to. */
export async function upload(ref: ComponentRef, files: Entry[]): Promise<Schema["BuildView"]> {
	const body = await gzip(tar(files));
	const { org, project, component } = ref;
	const response = await signedFetch(
		new Request(`/api/v1/organizations/${org}/projects/${project}/components/${component}/uploads`, {
			method: "POST",
			headers: { "Content-Type": "application/gzip", "Idempotency-Key": crypto.randomUUID() },
			body,
		}),
	);
	return data(Promise.resolve({ data: (await response.json()) as Schema["BuildView"] }));
}
