import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { keys, type ProjectRef, path } from "../api/queries";
import { asName, nameHint } from "../lib/names";
import { Button } from "../ui/Button";
import { Cli } from "../ui/Copy";
import { type Choice, Choices, TextField } from "../ui/Field";
import { useAct } from "../ui/useAct";
import { SAMPLES, type Sample } from "./samples";
import { upload } from "./upload";
import { SAMPLE_WORDS } from "./words";

type Source = "platform" | "git" | Sample["id"];

/** A function, as what it says depends on the language. */
const sources = (): Choice<Source>[] => [
	{
		value: "platform",
		title: t`My own source`,
		hint: t`Push it with Git to a repository of this platform, or upload a folder. What it is made with is detected.`,
	},
	{
		value: "git",
		title: t`A repository elsewhere`,
		hint: t`On GitHub or any Git server that the platform may reach.`,
	},
	...SAMPLES.map(({ id }) => ({
		value: id,
		title: t`Sample: ${i18n._(SAMPLE_WORDS[id].title)}`,
		hint: i18n._(SAMPLE_WORDS[id].about),
	})),
];

/** Where the source comes from is all that has to be said; the rest is detected or has a default. */
export function NewComponent({ org, project }: ProjectRef) {
	const navigate = useNavigate();
	const [source, setSource] = useState<Source>("platform");
	const sample = SAMPLES.find((it) => it.id === source);
	const [typed, setTyped] = useState<string>();
	const [url, setUrl] = useState("");
	const [branch, setBranch] = useState("main");
	const [directory, setDirectory] = useState("");
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const name =
		typed ??
		sample?.name ??
		(source === "git"
			? asName(
					url
						.replace(/\.git$/, "")
						.split("/")
						.pop() ?? "",
				)
			: "");

	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: async (): Promise<string | undefined> => {
			const body: Schema["NewComponent"] = {
				name,
				source:
					source === "git"
						? {
								kind: "git",
								url,
								branch: branch || null,
								directory: directory || null,
								credentials: password ? { username, password } : null,
							}
						: null,
			};
			await data(
				api.POST("/api/v1/organizations/{organization}/projects/{project}/components", {
					params: { path: path.project({ org, project }) },
					body,
				}),
			);
			return sample ? (await upload({ org, project, component: name }, sample.files)).id : "";
		},
		refresh: [[...keys.project({ org, project }), "components"]],
	});

	return (
		<form
			className="form"
			onSubmit={async (event) => {
				event.preventDefault();
				const build = await act();
				if (build === undefined) return;
				const params = { org, project, component: name };
				if (build) {
					await navigate({
						to: "/orgs/$org/projects/$project/components/$component/builds/$build",
						params: { ...params, build },
					});
				} else {
					await navigate({ to: "/orgs/$org/projects/$project/components/$component", params });
				}
			}}
		>
			<Choices
				label={t`Where does it come from?`}
				name="source"
				choices={sources()}
				value={source}
				onChange={setSource}
			/>
			{source === "git" && (
				<>
					<TextField
						label={t`Repository`}
						type="url"
						placeholder="https://github.com/acme/shop.git"
						value={url}
						onChange={(event) => setUrl(event.target.value)}
						wrong={wrong("url")}
						required
					/>
					<TextField
						label={t`Branch`}
						value={branch}
						onChange={(event) => setBranch(event.target.value)}
						wrong={wrong("branch")}
					/>
					<TextField
						label={t`Folder in the repository`}
						hint={t`When the component is not at its top.`}
						value={directory}
						onChange={(event) => setDirectory(event.target.value)}
						wrong={wrong("directory")}
					/>
					<TextField
						label={t`User name`}
						hint={t`Where the repository is not public.`}
						value={username}
						onChange={(event) => setUsername(event.target.value)}
						wrong={wrong("username")}
					/>
					<TextField
						label={t`Password or token`}
						type="password"
						autoComplete="new-password"
						value={password}
						onChange={(event) => setPassword(event.target.value)}
						wrong={wrong("password") ?? wrong("credentials")}
					/>
				</>
			)}
			<TextField
				label={t`Name`}
				value={name}
				onChange={(event) => setTyped(event.target.value)}
				hint={nameHint()}
				wrong={wrong("name") ?? trouble}
				required
			/>
			<div className="form-actions">
				<Button type="submit" look="primary" busy={busy} disabled={!name}>
					{sample ? t`Create and deploy` : t`Create component`}
				</Button>
				<Cli
					command={`cyto create component ${project}/${name || "NAME"}${source === "git" ? ` --git-url ${url || "URL"}` : ""}`}
				/>
			</div>
		</form>
	);
}
