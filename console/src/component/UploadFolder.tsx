import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { FolderUp } from "lucide-react";
import { useRef, useState } from "react";
import { type ComponentRef, keys } from "../api/queries";
import type { Entry } from "../lib/tar";
import { bytes } from "../lib/time";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import { entries, isSource, upload } from "./upload";

/** Takes a folder, dropped or chosen, and builds it. */
export function UploadFolder(ref: ComponentRef) {
	const navigate = useNavigate();
	const input = useRef<HTMLInputElement>(null);
	const [over, setOver] = useState(false);
	const [said, setSaid] = useState("");
	const { act, busy, trouble } = useAct({
		inForm: true,
		run: async (read: () => Promise<Entry[]>) => {
			setSaid(t`Reading the files`);
			const files = await read();
			if (files.length === 0) throw new Error(t`There is no file in it that belongs to a source.`);
			const size = files.reduce((sum, it) => sum + it.content.length, 0);
			setSaid(t`Uploading ${plural(files.length, { one: "# file", other: "# files" })}, ${bytes(size)}`);
			return upload(ref, files);
		},
		refresh: [[...keys.component(ref), "builds"]],
	});
	const take = async (read: () => Promise<Entry[]>) => {
		const build = await act(read);
		setSaid("");
		if (build) {
			await navigate({
				to: "/orgs/$org/projects/$project/components/$component/builds/$build",
				params: { ...ref, build: build.id },
			});
		}
	};
	return (
		<>
			<div
				className={`drop ${over ? "drop-over" : ""}`}
				onDragOver={(event) => {
					event.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={(event) => {
					event.preventDefault();
					setOver(false);
					const roots = [...event.dataTransfer.items].flatMap((it) => it.webkitGetAsEntry() ?? []);
					void take(() => walk(roots));
				}}
			>
				<FolderUp aria-hidden />
				<p>
					<Trans>Drop a folder here</Trans>
				</p>
				<Button busy={busy} onClick={() => input.current?.click()}>
					<Trans>Choose a folder</Trans>
				</Button>
				<input
					ref={input}
					type="file"
					aria-label={t`Folder to upload`}
					hidden
					// @ts-expect-error: known to every browser, not to the types
					webkitdirectory=""
					onChange={(event) => {
						const files = [...(event.target.files ?? [])];
						event.target.value = "";
						if (files.length) void take(() => entries(files));
					}}
				/>
				<p role="status">{said || t`node_modules, target and .git are left out.`}</p>
			</div>
			<Wrong text={trouble} />
			<div>
				<Cli command={`cyto deploy FOLDER -c ${ref.project}/${ref.component}`} />
			</div>
		</>
	);
}

/** Reads what was dropped. One folder stands for what is in it. */
async function walk(roots: FileSystemEntry[]): Promise<Entry[]> {
	const found: Entry[] = [];
	const only = roots.length === 1 && roots[0]!.isDirectory;
	const visit = async (entry: FileSystemEntry, path: string): Promise<void> => {
		if (path && !isSource(path)) return;
		if (entry.isFile) {
			const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
			found.push({ path, content: new Uint8Array(await file.arrayBuffer()), executable: path.endsWith(".sh") });
		} else {
			const reader = (entry as FileSystemDirectoryEntry).createReader();
			for (;;) {
				const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
				if (some.length === 0) break;
				for (const it of some) await visit(it, path ? `${path}/${it.name}` : it.name);
			}
		}
	};
	for (const it of roots) await visit(it, only ? "" : it.name);
	return found;
}
