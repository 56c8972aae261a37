import { queryOptions } from "@tanstack/react-query";
import { api, data, type Schema } from "../api/client";
import { ApiProblem } from "../api/problem";
import { keys, path, whole } from "../api/queries";

export const DELIVERY = "/api/v1/organizations/{organization}/environments/{environment}/delivery";

export interface EnvironmentRef {
	org: string;
	environment: string;
}

export const at = ({ org, environment }: EnvironmentRef) => ({ ...path.org(org), environment });

const key = ({ org, environment }: EnvironmentRef) => [...keys.org(org), "environments", environment, "delivery"];

/** The repository that an environment's cells are written to; null while there is none. */
export const delivery = (ref: EnvironmentRef) =>
	queryOptions({
		queryKey: key(ref),
		queryFn: async (): Promise<Schema["DeliveryView"] | null> => {
			try {
				return await data(api.GET(DELIVERY, { params: { path: at(ref) } }));
			} catch (caught) {
				if (caught instanceof ApiProblem && caught.status === 404) return null;
				throw caught;
			}
		},
	});

export const deliveredCells = (ref: EnvironmentRef) =>
	queryOptions({
		queryKey: [...key(ref), "cells"],
		queryFn: () =>
			whole((query) => data(api.GET(`${DELIVERY}/cells`, { params: { path: at(ref), query: { ...query } } }))),
	});

/** A commit, as short as people say it. */
export const short = (commit: string) => commit.slice(0, 12);

/** What the file says beside what is wanted, one line for each place. */
export function said(
	difference: Schema["FileDifference"],
	none: string,
): { path: string; found: string; wanted: string } {
	return { path: difference.path, found: difference.found ?? none, wanted: difference.wanted ?? none };
}
