import type { Schema } from "../api/client";

export type Role = Schema["Member"]["role"];
export type Permission = Schema["EffectiveAccess"]["permissions"][number];
export type Bearing = Schema["Considered"]["bearing"];

/** The lowest first. */
export const ROLES: Role[] = ["viewer", "developer", "admin", "owner"];

export const ROLE_HINTS: Record<Role, string> = {
	viewer: "Sees everything, changes nothing.",
	developer: "Builds, deploys and configures components.",
	admin: "Manages projects, environments and members, too.",
	owner: "May everything, deleting the organization included.",
};

/** The weakest first. */
export const PERMISSIONS: [Permission, string][] = [
	["VIEW", "See projects, components, builds and cells"],
	["BUILD", "Push, upload and start builds"],
	["DEPLOY", "Deploy, promote and roll back"],
	["CONFIGURE", "Change settings, secrets and webhooks"],
	["MANAGE_PROJECT", "Create, change and delete projects"],
	["MANAGE_ORGANIZATION", "Change environments, pipelines and the organization"],
	["MANAGE_ACCESS", "Give and take roles, read the audit log"],
];

/** What a binding says: may be developer in shop. */
export function saying({ role, effect, project }: Pick<Schema["Considered"], "role" | "effect" | "project">): string {
	const where = project ? `in ${project}` : "everywhere";
	return effect === "deny" ? `May not be ${role} or more ${where}` : `Is ${role} ${where}`;
}

export const BEARINGS: Record<Bearing, string> = {
	GIVES: "Gives this role",
	LIMITS: "Limits it: a denial beats what is allowed",
	OUTWEIGHED: "Changes nothing here: another one decides",
	ELSEWHERE: "Is about another project",
};

/** One sentence that answers why. */
export function because({ role, bindings, project }: Schema["EffectiveAccess"]): string {
	const where = project ? `in ${project}` : "in the organization";
	const gives = bindings.find((it) => it.bearing === "GIVES");
	const limits = bindings.find((it) => it.bearing === "LIMITS");
	if (!gives) {
		return bindings.some((it) => it.bearing === "ELSEWHERE")
			? `Holds no role ${where}, only in single projects.`
			: `Holds no role ${where}, so may do nothing there.`;
	}
	if (limits) {
		return role
			? `Would be ${gives.role} ${where}, but ${limits.role} is denied: ${role} is what is left.`
			: `Would be ${gives.role} ${where}, but ${limits.role} is denied: nothing is left.`;
	}
	return gives.project
		? `Is ${gives.role} ${where} by a role in this project.`
		: `Is ${gives.role} ${where} by a role in the whole organization.`;
}

/** What the service account's user is called by the identity provider. */
export const userOf = (clientId: string) => `service-account-${clientId}`;
