import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import { Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, data, type Schema } from "../api/client";
import { COMPONENT, type ComponentRef, path as pathOf } from "../api/queries";
import { bytes } from "../lib/time";
import { useAllowed } from "../session/useSession";
import { Button, IconButton } from "../ui/Button";
import { Cli, CopyButton } from "../ui/Copy";
import { SelectField, TextArea, TextField } from "../ui/Field";
import { Section } from "../ui/Page";
import type { Tone } from "../ui/Status";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import { useAct } from "../ui/useAct";
import { Wrong } from "../ui/Wrong";
import type { TryOutSearch } from "./ComponentEndpointsPage";
import { addressOf, BODILESS, curl, type Header } from "./curl";
import { indented } from "./json";

type Method = Schema["NewEndpointCall"]["method"];
const METHODS: Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** One request to a public endpoint, and its answer as text. Method and path are in the address; the rest is not. */
export function TryOut({
	place,
	environment,
	endpoint,
	url,
	method: asked,
	path: askedPath,
	onChange,
}: {
	place: ComponentRef;
	environment: string;
	endpoint: string;
	url: string;
	method: string | undefined;
	path: string | undefined;
	onChange: (change: TryOutSearch) => void;
}) {
	const allowed = useAllowed(place.org);
	const [method, setMethod] = useState<Method>(METHODS.find((it) => it === asked) ?? "GET");
	const [path, setPath] = useState(askedPath ?? "/");
	const [headers, setHeaders] = useState<Header[]>([]);
	const [body, setBody] = useState("");
	const [answer, setAnswer] = useState<Schema["EndpointAnswer"]>();
	const hasBody = !BODILESS.includes(method);
	const given = headers.filter((it) => it.name.trim());
	const { act, busy, wrong, trouble } = useAct({
		inForm: true,
		run: () =>
			data(
				api.POST(`${COMPONENT}/endpoints/{endpoint}/calls`, {
					params: { path: { ...pathOf.component(place), endpoint } },
					body: { environment, method, path, headers: given, ...(hasBody && body && { body }) },
				}),
			),
	});
	const set = (index: number, change: Partial<Header>) =>
		setHeaders(headers.map((it, at) => (at === index ? { ...it, ...change } : it)));

	return (
		<Section
			title={t`Try it out`}
			id="try-out"
			hint={t`One request through the cell's gateway, as anybody outside can send it. Your own token is not sent along.`}
		>
			<form
				className="panel panel-pad try"
				aria-labelledby="try-out"
				onSubmit={async (event) => {
					event.preventDefault();
					onChange({ endpoint, method, path });
					setAnswer(undefined);
					const came = await act();
					if (came) setAnswer(came);
				}}
			>
				<div className="try-line">
					<SelectField
						label={t`Method`}
						value={method}
						onChange={(event) => {
							const next = event.target.value as Method;
							setMethod(next);
							if (!BODILESS.includes(next) && headers.length === 0)
								setHeaders([{ name: "Content-Type", value: "application/json" }]);
						}}
					>
						{METHODS.map((it) => (
							<option key={it}>{it}</option>
						))}
					</SelectField>
					<TextField
						label={t`Path`}
						className="mono"
						value={path}
						onChange={(event) => setPath(event.target.value)}
						wrong={wrong("path")}
						hint={<span className="try-address">{addressOf(url, path)}</span>}
						required
					/>
				</div>
				<fieldset className="try-headers">
					<legend>
						<Trans>Headers</Trans>
					</legend>
					{headers.map((it, index) => (
						<div className="try-header" key={index}>
							<input
								className="input mono"
								aria-label={t`Name of header ${index + 1}`}
								placeholder={t`Name`}
								spellCheck={false}
								autoComplete="off"
								value={it.name}
								onChange={(event) => set(index, { name: event.target.value })}
							/>
							<input
								className="input mono"
								aria-label={t`Value of header ${index + 1}`}
								placeholder={t`Value`}
								spellCheck={false}
								autoComplete="off"
								value={it.value}
								onChange={(event) => set(index, { value: event.target.value })}
							/>
							<IconButton
								label={t`Remove header ${index + 1}`}
								onClick={() => setHeaders(headers.filter((_, at) => at !== index))}
							>
								<Trash2 />
							</IconButton>
						</div>
					))}
					<Button small icon={<Plus />} onClick={() => setHeaders([...headers, { name: "", value: "" }])}>
						<Trans>Add a header</Trans>
					</Button>
					{wrong("headers") && (
						<p className="tone-bad" role="alert">
							{wrong("headers")}
						</p>
					)}
				</fieldset>
				{hasBody && (
					<TextArea
						label={t`Body`}
						className="mono"
						rows={5}
						value={body}
						onChange={(event) => setBody(event.target.value)}
						wrong={wrong("body")}
					/>
				)}
				<Wrong text={trouble} />
				<div className="form-actions">
					{allowed.develop ? (
						<Button type="submit" look="primary" icon={<Send />} busy={busy}>
							<Trans>Send</Trans>
						</Button>
					) : (
						<span className="dim">
							<Trans>To send it from here takes the role developer.</Trans>
						</span>
					)}
					<Cli command={curl(url, { method, path, headers: given, body })} label={t`The same by curl`} />
				</div>
			</form>
			{answer && <Answer it={answer} method={method} />}
		</Section>
	);
}

function toneOf(status: number): Tone {
	if (status >= 500) return "bad";
	if (status >= 400) return "warn";
	return status >= 300 ? "info" : "good";
}

function Answer({ it, method }: { it: Schema["EndpointAnswer"]; method: Method }) {
	const type = it.headers.find((header) => header.name === "content-type")?.value ?? "";
	const text = it.body != null && it.complete && /[/+]json/.test(type) ? indented(it.body) : it.body;
	return (
		<div className="panel try-answer" role="region" aria-label={t`Answer`}>
			<p className="try-summary" role="status">
				<Badge tone={toneOf(it.status)}>{it.status}</Badge>
				<span>
					{it.bodyBytes === 0 ? (
						<Trans>in {it.milliseconds} ms, no body</Trans>
					) : (
						<Trans>
							in {it.milliseconds} ms, {bytes(it.bodyBytes)}
						</Trans>
					)}
					{type && it.bodyBytes > 0 && (
						<span className="dim">
							{" "}
							<Trans>of {type}</Trans>
						</span>
					)}
				</span>
			</p>
			{(it.status === 401 || it.status === 403) && (
				<div className="try-note">
					<p>
						<Trans>
							It wants to know who calls. Put a token into a header named <code>Authorization</code>, after{" "}
							<code>Bearer</code>; this one is yours for applications:
						</Trans>
					</p>
					<Cli command="cyto token --audience apps" />
				</div>
			)}
			{!it.complete && (
				<p className="try-note">
					<Trans>This is its beginning only: {bytes(256 * 1024)} and five seconds of a body are read at most.</Trans>
				</p>
			)}
			{it.bodyBytes > 0 && text == null && (
				<p className="try-note dim">
					<Trans>The body is no text, and is not shown.</Trans>
				</p>
			)}
			{it.bodyBytes === 0 && method !== "HEAD" && (
				<p className="try-note dim">
					<Trans>The body is empty.</Trans>
				</p>
			)}
			{text && (
				<div className="try-body">
					{/* Named, as it can be scrolled by keyboard. */}
					<pre tabIndex={0} role="region" aria-label={t`Body`}>
						{text}
					</pre>
					<CopyButton text={it.body!} what={t`body`} />
				</div>
			)}
			<details className="try-details">
				<summary>
					<Plural value={it.headers.length} one="# header" other="# headers" />
				</summary>
				<Table
					label={t`Headers of the answer`}
					rows={it.headers.map((header, index) => ({ ...header, index }))}
					row={(header) => `${header.index}`}
					columns={[
						{ title: t`Name`, cell: (header) => <code>{header.name}</code> },
						{ title: t`Value`, wide: true, cell: (header) => <code className="try-value">{header.value}</code> },
					]}
				/>
			</details>
		</div>
	);
}
