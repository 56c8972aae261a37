import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, data, type Schema } from "../api/client";
import { keys, members, path } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { MenuItem, MenuSeparator } from "../ui/Menu";
import { Empty } from "../ui/Page";
import { RowMenu } from "../ui/RowMenu";
import { Badge } from "../ui/Status";
import { Table } from "../ui/Table";
import { Time } from "../ui/Time";
import { useAct } from "../ui/useAct";
import { byPerson, type Person } from "./people";

const MEMBERS = "/api/v1/organizations/{organization}/members";

export function Members({
	org,
	onAsk,
	onGive,
}: {
	org: string;
	onAsk: (username: string) => void;
	onGive: (username: string) => void;
}) {
	const { data: list } = useSuspenseQuery(members(org));
	const client = useQueryClient();
	const allowed = useAllowed(org);
	const refresh = [[...keys.org(org), "members"]];
	const { act } = useAct({
		run: (it: Schema["Member"]) =>
			data(api.DELETE(`${MEMBERS}/{id}`, { params: { path: { ...path.org(org), id: it.id } } })).then(() => it),
		refresh,
		done: (it: Schema["Member"]) => ({
			title:
				it.effect === "deny"
					? t`Took the denial of ${it.role} from ${it.username}`
					: t`Took ${it.role} from ${it.username}`,
			undo: async () => {
				const { username, role, effect, project } = it;
				await api.POST(MEMBERS, {
					params: { path: path.org(org) },
					body: { username, role, effect, project: project ?? null },
				});
				await client.invalidateQueries({ queryKey: refresh[0]! });
			},
		}),
	});
	return (
		<Table
			label={t`People`}
			rows={byPerson(list)}
			row={(it) => it.username}
			empty={<Empty title={t`No members`} />}
			columns={[
				{
					title: t`User`,
					cell: (it) => (
						<span className="stack">
							<span className="named">
								<strong>{it.username}</strong>
								{it.username === allowed.username && (
									<Badge>
										<Trans>you</Trans>
									</Badge>
								)}
							</span>
							<span className="narrow-only">
								<Bindings of={it} />
							</span>
						</span>
					),
				},
				{
					title: t`Roles`,
					wide: true,
					spare: true,
					cell: (it) => (
						<span className="badges">
							<Bindings of={it} />
						</span>
					),
				},
				{ title: t`Since`, spare: true, cell: (it) => <Time at={it.since} /> },
				{
					title: t`Actions`,
					quiet: true,
					end: true,
					cell: (it) => (
						<span className="row-actions">
							{(allowed.manage || it.username === allowed.username) && (
								<Button
									small
									look="quiet"
									onClick={() => onAsk(it.username)}
									aria-label={t`Why may ${it.username} do what`}
								>
									<Trans>Why?</Trans>
								</Button>
							)}
							{allowed.manage && (
								<RowMenu of={it.username}>
									<MenuItem onClick={() => onGive(it.username)}>
										<Trans>Give or deny another role</Trans>
									</MenuItem>
									<MenuSeparator />
									{it.bindings.map((binding) => (
										<MenuItem
											key={binding.id}
											danger
											disabled={binding.role === "owner" && !allowed.own}
											onClick={() => void act(binding)}
										>
											{taking(binding)}
										</MenuItem>
									))}
								</RowMenu>
							)}
						</span>
					),
				},
			]}
		/>
	);
}

const Bindings = ({ of }: { of: Person }) => of.bindings.map((it) => <RoleBadge key={it.id} {...it} />);

export function RoleBadge({ role, effect, project }: Pick<Schema["Member"], "role" | "effect" | "project">) {
	return (
		<Badge tone={effect === "deny" ? "bad" : role === "owner" || role === "admin" ? "accent" : "none"}>
			{effect === "deny" ? t`not ${role}` : role}
			{project && ` · ${project}`}
		</Badge>
	);
}

/** What the entry of the menu says that takes a role. */
function taking({ role, effect, project }: Schema["Member"]) {
	if (effect === "deny") return project ? t`Take the denial of ${role} in ${project}` : t`Take the denial of ${role}`;
	return project ? t`Take ${role} in ${project}` : t`Take ${role}`;
}
