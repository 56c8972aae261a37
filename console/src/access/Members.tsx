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
			title: `Took ${it.effect === "deny" ? "the denial of " : ""}${it.role} from ${it.username}`,
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
			label="People"
			rows={byPerson(list)}
			row={(it) => it.username}
			empty={<Empty title="No members" />}
			columns={[
				{
					title: "User",
					cell: (it) => (
						<span className="stack">
							<span className="named">
								<strong>{it.username}</strong>
								{it.username === allowed.username && <Badge>you</Badge>}
							</span>
							<span className="narrow-only">
								<Bindings of={it} />
							</span>
						</span>
					),
				},
				{
					title: "Roles",
					wide: true,
					spare: true,
					cell: (it) => (
						<span className="badges">
							<Bindings of={it} />
						</span>
					),
				},
				{ title: "Since", spare: true, cell: (it) => <Time at={it.since} /> },
				{
					title: "Actions",
					quiet: true,
					end: true,
					cell: (it) => (
						<span className="row-actions">
							{(allowed.manage || it.username === allowed.username) && (
								<Button
									small
									look="quiet"
									onClick={() => onAsk(it.username)}
									aria-label={`Why may ${it.username} do what`}
								>
									Why?
								</Button>
							)}
							{allowed.manage && (
								<RowMenu of={it.username}>
									<MenuItem onClick={() => onGive(it.username)}>Give or deny another role</MenuItem>
									<MenuSeparator />
									{it.bindings.map((binding) => (
										<MenuItem
											key={binding.id}
											danger
											disabled={binding.role === "owner" && !allowed.own}
											onClick={() => void act(binding)}
										>
											Take {binding.effect === "deny" && "the denial of "}
											{binding.role}
											{binding.project && ` in ${binding.project}`}
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
			{effect === "deny" ? `not ${role}` : role}
			{project && ` · ${project}`}
		</Badge>
	);
}
