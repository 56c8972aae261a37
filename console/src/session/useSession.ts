import { useSuspenseQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { me } from "../api/queries";
import { session } from "./session";

export const useSessionState = () => useSyncExternalStore(session.subscribe, () => session.state);

export type RoleName = "viewer" | "developer" | "admin" | "owner";

const RANK: Record<RoleName, number> = { viewer: 0, developer: 1, admin: 2, owner: 3 };

/**
 * What the person's roles allow, for what the console offers. The server decides by itself, and knows denials and roles
 * of single projects, too.
 */
export function useAllowed(org: string) {
	const { data } = useSuspenseQuery(me);
	const roles = data.organizations.find((it) => it.name === org)?.roles ?? [];
	const rank = Math.max(-1, ...roles.map((it) => RANK[it]));
	return {
		develop: rank >= RANK.developer,
		manage: rank >= RANK.admin,
		own: rank >= RANK.owner,
		platform: data.platformAdmin,
		username: data.username,
	};
}
