import { Dialog as Base } from "@base-ui/react/dialog";
import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { components, me, projects } from "../api/queries";
import { chooseLanguage, LANGUAGES, type Language } from "../language/language";
import { useAllowed } from "../session/useSession";
import { toast } from "../ui/toast";
import { search } from "./search";
import { applyTheme } from "./theme";
import "./palette.css";

interface Entry {
	group: string;
	text: string;
	/** Further words under which it is found. */
	also?: string;
	run: () => void;
}

/** Everything that can be reached or done, by typing some of its letters. */
export function Palette({ org, open, onClose }: { org: string; open: boolean; onClose: () => void }) {
	return (
		<Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
			<Base.Portal>
				<Base.Backdrop className="backdrop" />
				<Base.Popup className="palette" aria-label={t`Search or do`}>
					<Search org={org} onClose={onClose} />
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	);
}

function Search({ org, onClose }: { org: string; onClose: () => void }) {
	const [text, setText] = useState("");
	const [place, setPlace] = useState(0);
	const list = useId();
	const chosen = useRef<HTMLDivElement>(null);
	const entries = useEntries(org);
	const found = useMemo(
		() => search(text, entries, (it) => `${it.text} ${it.also ?? ""}`).slice(0, 40),
		[text, entries],
	);
	const run = (entry: Entry | undefined) => {
		if (!entry) return;
		onClose();
		entry.run();
	};
	useEffect(() => {
		// Newer browsers give a promise, which an effect must not.
		void chosen.current?.scrollIntoView({ block: "nearest" });
	}, [place]);
	return (
		<>
			<input
				className="palette-input"
				role="combobox"
				aria-expanded="true"
				aria-controls={list}
				aria-activedescendant={found[place] ? `${list}-${place}` : undefined}
				aria-label={t`Search or do`}
				placeholder={t`Go to a page, a component; or do something`}
				spellCheck={false}
				autoComplete="off"
				autoFocus
				value={text}
				onChange={(event) => {
					setText(event.target.value);
					setPlace(0);
				}}
				onKeyDown={(event) => {
					const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
					if (step && found.length) {
						event.preventDefault();
						setPlace((place + step + found.length) % found.length);
					} else if (event.key === "Enter") {
						event.preventDefault();
						run(found[place]);
					}
				}}
			/>
			<div id={list} role="listbox" aria-label={t`Found`} className="palette-list">
				{found.map((it, index) => (
					<div key={`${it.group}/${it.text}`} role="presentation">
						{it.group !== found[index - 1]?.group && (
							<div className="menu-label" role="presentation">
								{it.group}
							</div>
						)}
						<div
							id={`${list}-${index}`}
							ref={index === place ? chosen : undefined}
							role="option"
							aria-selected={index === place}
							className="palette-entry"
							onPointerMove={() => setPlace(index)}
							onClick={() => run(it)}
							onKeyDown={undefined}
						>
							{it.text}
						</div>
					</div>
				))}
			</div>
			{found.length === 0 && (
				<p className="palette-nothing" role="status">
					<Trans>Nothing is called that.</Trans>
				</p>
			)}
		</>
	);
}

function useEntries(org: string): Entry[] {
	const navigate = useNavigate();
	const allowed = useAllowed(org);
	const { data: person } = useQuery(me);
	const { data: list = [] } = useQuery(projects(org));
	const parts = useQueries({ queries: list.slice(0, 30).map((it) => components({ org, project: it.name })) });
	const loaded = parts.map((it) => it.data);
	return useMemo(() => {
		const go = (to: string) => () => void navigate({ to });
		const base = `/orgs/${org}`;
		const entries: Entry[] = [];
		list.forEach((project, index) => {
			for (const it of loaded[index] ?? []) {
				entries.push({
					group: t`Components`,
					text: `${project.name}/${it.name}`,
					also: it.displayName,
					run: go(`${base}/projects/${project.name}/components/${it.name}`),
				});
			}
		});
		for (const it of list)
			entries.push({ group: t`Projects`, text: it.name, also: it.displayName, run: go(`${base}/projects/${it.name}`) });
		for (const it of list) {
			entries.push({
				group: t`Cells`,
				text: t`Cell of ${it.name}`,
				also: t`diagram`,
				run: go(`${base}/projects/${it.name}/cell`),
			});
		}
		const pages: [string, string, string?][] = [
			[t`Overview`, ""],
			[t`Endpoints`, "/endpoints", t`urls addresses`],
			[t`Environments and pipelines`, "/environments"],
			[t`Data planes`, "/data-planes", t`join cluster machine`],
		];
		if (allowed.manage)
			pages.push(
				[t`Members and service accounts`, "/members", t`roles people access`],
				[t`Audit`, "/audit", t`log who`],
			);
		for (const [text, to, also] of pages) entries.push({ group: t`Pages`, text, also: also ?? "", run: go(base + to) });
		entries.push({ group: t`Pages`, text: t`Access tokens`, run: go("/tokens") });
		if (allowed.manage)
			entries.push({ group: t`Do`, text: t`New project`, also: t`create`, run: go(`${base}/new-project`) });
		if (allowed.manage) {
			for (const it of list) {
				entries.push({
					group: t`Do`,
					text: t`New component in ${it.name}`,
					also: t`create add`,
					run: go(`${base}/projects/${it.name}/new-component`),
				});
			}
		}
		entries.push({ group: t`Do`, text: t`Light appearance`, also: t`theme`, run: () => applyTheme("light") });
		entries.push({ group: t`Do`, text: t`Dark appearance`, also: t`theme`, run: () => applyTheme("dark") });
		entries.push({ group: t`Do`, text: t`Appearance of the system`, also: t`theme`, run: () => applyTheme("system") });
		for (const [it, name] of Object.entries(LANGUAGES)) {
			if (it !== i18n.locale)
				entries.push({
					group: t`Do`,
					text: t`Language ${name}`,
					also: "language",
					run: () => void chooseLanguage(it as Language).catch(toast.failed),
				});
		}
		for (const it of person?.organizations ?? []) {
			if (it.name !== org) entries.push({ group: t`Organizations`, text: it.name, run: go(`/orgs/${it.name}`) });
		}
		return entries;
	}, [org, list, person, allowed.manage, navigate, ...loaded]);
}
