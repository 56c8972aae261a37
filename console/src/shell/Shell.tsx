import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useMatches, useNavigate, useRouterState } from "@tanstack/react-router";
import {
	Activity,
	Boxes,
	Check,
	ChevronsUpDown,
	CircleUserRound,
	Globe,
	Hexagon,
	KeyRound,
	Languages,
	Layers,
	LogOut,
	Menu as MenuIcon,
	Monitor,
	Moon,
	Plus,
	Search,
	Server,
	Settings,
	Sun,
	Users,
	Waypoints,
	X,
} from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { me, organization, projects } from "../api/queries";
import { chooseLanguage, LANGUAGES, type Language } from "../language/language";
import { useFeedState } from "../live/OrganizationEvents";
import { session } from "../session/session";
import { useAllowed } from "../session/useSession";
import { IconButton } from "../ui/Button";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "../ui/Menu";
import { toast } from "../ui/toast";
import { Mark } from "./Mark";
import { Palette } from "./Palette";
import { applyTheme, theme } from "./theme";
import "./shell.css";

/** The frame around every page of an organization: where one is, where one can go, and whether it is live. */
export function Shell({ org, children }: { org: string; children: ReactNode }) {
	const [open, setOpen] = useState(false);
	const [palette, setPalette] = useState(false);
	const where = useRouterState({ select: (state) => state.location.pathname });
	useEffect(() => setOpen(false), [where]);

	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
				event.preventDefault();
				setPalette(true);
			}
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, []);

	return (
		<div className="shell">
			<a className="skip" href="#main">
				<Trans>Skip to the page</Trans>
			</a>
			<aside className={`sidebar ${open ? "sidebar-open" : ""}`}>
				<div className="sidebar-top">
					<OrganizationSwitch org={org} />
					<IconButton label={t`Close navigation`} className="only-narrow" onClick={() => setOpen(false)}>
						<X />
					</IconButton>
				</div>
				<button type="button" className="search-button" onClick={() => setPalette(true)}>
					<Search aria-hidden />
					<span>
						<Trans>Search or do</Trans>
					</span>
					<kbd>{/Mac/.test(navigator.platform) ? "⌘K" : t`Ctrl K`}</kbd>
				</button>
				<Navigation org={org} />
				<Person />
			</aside>
			{open && (
				<button type="button" className="scrim" aria-label={t`Close navigation`} onClick={() => setOpen(false)} />
			)}
			<div className="content">
				<div className="topbar">
					<IconButton label={t`Open navigation`} className="only-narrow" onClick={() => setOpen(true)}>
						<MenuIcon />
					</IconButton>
					<Breadcrumbs />
					<Live />
				</div>
				<main id="main" tabIndex={-1}>
					{children}
				</main>
			</div>
			<Palette org={org} open={palette} onClose={() => setPalette(false)} />
		</div>
	);
}

function OrganizationSwitch({ org }: { org: string }) {
	const { data: person } = useSuspenseQuery(me);
	const { data: current } = useSuspenseQuery(organization(org));
	const navigate = useNavigate();
	return (
		<Menu
			align="start"
			trigger={
				<button type="button" className="org-switch" aria-label={t`Organization ${current.displayName}. Switch`}>
					<Mark />
					<span className="org-name">{current.displayName}</span>
					<ChevronsUpDown aria-hidden />
				</button>
			}
		>
			<MenuLabel>
				<Trans>Organizations</Trans>
			</MenuLabel>
			{person.organizations.map((it) => (
				<MenuItem key={it.name} onClick={() => void navigate({ to: "/orgs/$org", params: { org: it.name } })}>
					{it.name}
					{it.name === org && <Check aria-label={t`open`} />}
				</MenuItem>
			))}
			<MenuSeparator />
			<MenuLink render={<Link to="/start" />}>
				<Plus aria-hidden />
				<Trans>New organization</Trans>
			</MenuLink>
		</Menu>
	);
}

function Navigation({ org }: { org: string }) {
	const { data: list } = useSuspenseQuery(projects(org));
	const allowed = useAllowed(org);
	return (
		<nav className="nav" aria-label={t`Main`}>
			<ul>
				<li>
					<Link to="/orgs/$org" params={{ org }} activeOptions={{ exact: true }} className="nav-link">
						<Activity aria-hidden />
						<Trans>Overview</Trans>
					</Link>
				</li>
				<li>
					<Link to="/orgs/$org/endpoints" params={{ org }} className="nav-link">
						<Globe aria-hidden />
						<Trans>Endpoints</Trans>
					</Link>
				</li>
				<li>
					<Link to="/orgs/$org/cells" params={{ org }} className="nav-link">
						<Hexagon aria-hidden />
						<Trans>Cells</Trans>
					</Link>
				</li>
			</ul>
			<div className="nav-head">
				<h2>
					<Trans>Projects</Trans>
				</h2>
				{allowed.manage && (
					<Link
						to="/orgs/$org/new-project"
						params={{ org }}
						className="icon-button"
						aria-label={t`New project`}
						title={t`New project`}
					>
						<Plus />
					</Link>
				)}
			</div>
			<ul>
				{list.map((it) => (
					<li key={it.name}>
						<Link to="/orgs/$org/projects/$project" params={{ org, project: it.name }} className="nav-link">
							<Boxes aria-hidden />
							<span>{it.displayName || it.name}</span>
						</Link>
					</li>
				))}
				{list.length === 0 && (
					<li className="nav-empty">
						<Trans>None yet</Trans>
					</li>
				)}
			</ul>
			<div className="nav-head">
				<h2>
					<Trans>Platform</Trans>
				</h2>
			</div>
			<ul>
				<li>
					<Link to="/orgs/$org/environments" params={{ org }} className="nav-link">
						<Layers aria-hidden />
						<Trans>Environments</Trans>
					</Link>
				</li>
				<li>
					<Link to="/orgs/$org/data-planes" params={{ org }} className="nav-link">
						<Server aria-hidden />
						<Trans>Data planes</Trans>
					</Link>
				</li>
				{allowed.manage && (
					<>
						<li>
							<Link to="/orgs/$org/members" params={{ org }} className="nav-link">
								<Users aria-hidden />
								<Trans>Members</Trans>
							</Link>
						</li>
						<li>
							<Link to="/orgs/$org/audit" params={{ org }} className="nav-link">
								<Waypoints aria-hidden />
								<Trans>Audit</Trans>
							</Link>
						</li>
					</>
				)}
				<li>
					<Link to="/orgs/$org/settings" params={{ org }} className="nav-link">
						<Settings aria-hidden />
						<Trans>Settings</Trans>
					</Link>
				</li>
			</ul>
		</nav>
	);
}

function Person() {
	const { data: person } = useSuspenseQuery(me);
	const [current, setCurrent] = useState(theme());
	const choose = (next: ReturnType<typeof theme>) => {
		applyTheme(next);
		setCurrent(next);
	};
	return (
		<div className="person">
			<Menu
				align="start"
				trigger={
					<button
						type="button"
						className="nav-link person-button"
						aria-label={t`${person.username}: account and appearance`}
					>
						<CircleUserRound aria-hidden />
						<span>{person.username}</span>
					</button>
				}
			>
				<MenuLabel>
					<Trans>Appearance</Trans>
				</MenuLabel>
				<MenuItem closeOnClick={false} onClick={() => choose("system")}>
					<Monitor aria-hidden /> <Trans>As the system</Trans>{" "}
					{current === "system" && <Check aria-label={t`chosen`} />}
				</MenuItem>
				<MenuItem closeOnClick={false} onClick={() => choose("light")}>
					<Sun aria-hidden /> <Trans>Light</Trans> {current === "light" && <Check aria-label={t`chosen`} />}
				</MenuItem>
				<MenuItem closeOnClick={false} onClick={() => choose("dark")}>
					<Moon aria-hidden /> <Trans>Dark</Trans> {current === "dark" && <Check aria-label={t`chosen`} />}
				</MenuItem>
				<MenuSeparator />
				<MenuLabel>
					<Trans>Language</Trans>
				</MenuLabel>
				{Object.entries(LANGUAGES).map(([it, name]) => (
					<MenuItem key={it} onClick={() => void speak(it as Language)}>
						<Languages aria-hidden /> <span lang={it}>{name}</span>{" "}
						{it === i18n.locale && <Check aria-label={t`chosen`} />}
					</MenuItem>
				))}
				<MenuSeparator />
				<MenuLink render={<Link to="/tokens" />}>
					<KeyRound aria-hidden /> <Trans>Access tokens</Trans>
				</MenuLink>
				<MenuItem onClick={() => window.open(session.accountUrl(), "_blank", "noopener")}>
					<CircleUserRound aria-hidden /> <Trans>Name and password</Trans>
				</MenuItem>
				<MenuSeparator />
				<MenuItem onClick={() => void session.signOut()}>
					<LogOut aria-hidden /> <Trans>Sign out</Trans>
				</MenuItem>
			</Menu>
		</div>
	);
}

/** The page is made anew in another language; whoever chose it is where they were. */
async function speak(language: Language) {
	try {
		await chooseLanguage(language);
		requestAnimationFrame(() => document.querySelector<HTMLElement>(".person-button")?.focus());
	} catch (failure) {
		toast.failed(failure);
	}
}

/** Each route says by its static data what it is called in the trail. */
function Breadcrumbs() {
	const matches = useMatches();
	const crumbs = matches.flatMap((match) => {
		const crumb = match.staticData.crumb;
		if (!crumb) return [];
		const text = typeof crumb === "function" ? crumb(match.params as Record<string, string>) : crumb;
		return [{ text, to: match.pathname, id: match.id }];
	});
	return (
		<nav className="crumbs" aria-label={t`Where you are`}>
			<ol>
				{crumbs.map((it, place) => (
					<li key={it.id}>
						<Link to={it.to} aria-current={place === crumbs.length - 1 ? "page" : undefined}>
							{it.text}
						</Link>
					</li>
				))}
			</ol>
		</nav>
	);
}

function Live() {
	const state = useFeedState();
	return (
		<div
			className={`live live-${state}`}
			role="status"
			title={state === "open" ? t`What changes is shown at once` : undefined}
		>
			<i aria-hidden />
			{state === "open" ? t`Live` : state === "lost" ? t`Connection lost, trying again` : t`Connecting`}
		</div>
	);
}
