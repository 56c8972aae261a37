import type { MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import type { Schema } from "../api/client";

export type Role = Schema["Member"]["role"];
export type Permission = Schema["EffectiveAccess"]["permissions"][number];
export type Bearing = Schema["Considered"]["bearing"];

/** The lowest first. */
export const ROLES: Role[] = ["viewer", "developer", "admin", "owner"];

export const ROLE_HINTS: Record<Role, MessageDescriptor> = {
	viewer: msg`Sees everything, changes nothing.`,
	developer: msg`Builds, deploys and configures components.`,
	admin: msg`Manages projects, environments and members, too.`,
	owner: msg`May everything, deleting the organization included.`,
};

/** The weakest first. */
export const PERMISSIONS: [Permission, MessageDescriptor][] = [
	["VIEW", msg`See projects, components, builds and cells`],
	["BUILD", msg`Push, upload and start builds`],
	["DEPLOY", msg`Deploy, promote and roll back`],
	["CONFIGURE", msg`Change settings, secrets and webhooks`],
	["MANAGE_PROJECT", msg`Create, change and delete projects`],
	["MANAGE_ORGANIZATION", msg`Change environments, pipelines and the organization`],
	["MANAGE_ACCESS", msg`Give and take roles, read the audit log`],
];

/** What a binding says: may be developer in shop. */
export function saying({ role, effect, project }: Pick<Schema["Considered"], "role" | "effect" | "project">): string {
	const where = project ? t`in ${project}` : t`everywhere`;
	return effect === "deny" ? t`May not be ${role} or more ${where}` : t`Is ${role} ${where}`;
}

export const BEARINGS: Record<Bearing, MessageDescriptor> = {
	GIVES: msg`Gives this role`,
	LIMITS: msg`Limits it: a denial beats what is allowed`,
	OUTWEIGHED: msg`Changes nothing here: another one decides`,
	ELSEWHERE: msg`Is about another project`,
};

/** One sentence that answers why. */
export function because({ role, bindings, project }: Schema["EffectiveAccess"]): string {
	const where = project ? t`in ${project}` : t`in the organization`;
	const gives = bindings.find((it) => it.bearing === "GIVES");
	const limits = bindings.find((it) => it.bearing === "LIMITS");
	if (!gives) {
		return bindings.some((it) => it.bearing === "ELSEWHERE")
			? t`Holds no role ${where}, only in single projects.`
			: t`Holds no role ${where}, so may do nothing there.`;
	}
	if (limits) {
		return role
			? t`Would be ${gives.role} ${where}, but ${limits.role} is denied: ${role} is what is left.`
			: t`Would be ${gives.role} ${where}, but ${limits.role} is denied: nothing is left.`;
	}
	return gives.project
		? t`Is ${gives.role} ${where} by a role in this project.`
		: t`Is ${gives.role} ${where} by a role in the whole organization.`;
}

/** What the service account's user is called by the identity provider. */
export const userOf = (clientId: string) => `service-account-${clientId}`;
