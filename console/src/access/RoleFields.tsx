import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { projects } from "../api/queries";
import { useAllowed } from "../session/useSession";
import { SelectField } from "../ui/Field";
import { ROLE_HINTS, ROLES, type Role } from "./words";

/** Which role, and in the whole organization or in one project. Only an owner makes owners. */
export function RoleFields({
	org,
	role,
	onRole,
	project,
	onProject,
	wrong,
}: {
	org: string;
	role: Role;
	onRole: (role: Role) => void;
	/** Empty for the whole organization. */
	project: string;
	onProject: (project: string) => void;
	wrong: (field: string) => string | undefined;
}) {
	const allowed = useAllowed(org);
	const { data: list } = useSuspenseQuery(projects(org));
	return (
		<>
			<SelectField
				label={t`Role`}
				value={role}
				onChange={(e) => onRole(e.target.value as Role)}
				hint={i18n._(ROLE_HINTS[role])}
				wrong={wrong("role")}
			>
				{ROLES.filter((it) => allowed.own || it !== "owner").map((it) => (
					<option key={it}>{it}</option>
				))}
			</SelectField>
			<SelectField
				label={t`Where`}
				value={project}
				onChange={(e) => onProject(e.target.value)}
				wrong={wrong("project")}
			>
				<option value="">
					<Trans>Whole organization</Trans>
				</option>
				{list.map((it) => (
					<option key={it.name} value={it.name}>
						{it.name}
					</option>
				))}
			</SelectField>
		</>
	);
}
