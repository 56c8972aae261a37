import { queryOptions } from "@tanstack/react-query";
import { api, data } from "./client";
import { keys, type ProjectRef, page, path, whole } from "./queries";

/** A cell, as the API names it. */
const CELL = "/api/v1/organizations/{organization}/projects/{project}/cells/{environment}";

/** The cells of a project. */
export const cells = (ref: ProjectRef) =>
	queryOptions({
		queryKey: [...keys.project(ref), "cells"],
		queryFn: async () =>
			(
				await data(
					api.GET("/api/v1/organizations/{organization}/projects/{project}/cells", {
						params: { path: path.project(ref), query: page },
					}),
				)
			).items,
		refetchInterval: 10_000,
	});

/** All that the person may see, of every project and environment. */
export const organizationCells = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "cells"],
		queryFn: () =>
			whole((query) =>
				data(api.GET("/api/v1/organizations/{organization}/cells", { params: { path: path.org(org), query } })),
			),
		refetchInterval: 10_000,
	});

export const cellVersions = (ref: ProjectRef, environment: string) =>
	queryOptions({
		queryKey: [...keys.project(ref), "cells", environment, "versions"],
		queryFn: async () =>
			(
				await data(
					api.GET(`${CELL}/versions`, { params: { path: { ...path.project(ref), environment }, query: page } }),
				)
			).items,
	});

export const cellDiff = (ref: ProjectRef, environment: string, from: number, to: number) =>
	queryOptions({
		queryKey: [...keys.project(ref), "cells", environment, "diff", from, to],
		queryFn: () =>
			data(api.GET(`${CELL}/diff`, { params: { path: { ...path.project(ref), environment }, query: { from, to } } })),
		// Versions do not change any more.
		staleTime: Number.POSITIVE_INFINITY,
	});

export const cell = (ref: ProjectRef, environment: string) =>
	queryOptions({
		queryKey: [...keys.project(ref), "cells", environment],
		queryFn: () =>
			data(
				api.GET(CELL, {
					params: { path: { ...path.project(ref), environment } },
				}),
			),
		// What a data plane says of health has no event of its own.
		refetchInterval: 5_000,
	});

/** What went through the cell's gateway in the last half minute; asked for while somebody looks. */
export const cellTraffic = (ref: ProjectRef, environment: string) =>
	queryOptions({
		queryKey: [...keys.project(ref), "cells", environment, "traffic"],
		queryFn: () => data(api.GET(`${CELL}/traffic`, { params: { path: { ...path.project(ref), environment } } })),
		refetchInterval: 5_000,
		staleTime: 4_000,
	});
