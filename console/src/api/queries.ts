import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";
import { SessionEnded } from "../session/session";
import { api, data, type Schema } from "./client";
import { ApiProblem } from "./problem";

/*
 * One place that says how each thing is read and under which key it is kept. Keys are paths of the API, so that what
 * changed can be named by its beginning: ["orgs", "acme", "projects", "shop"] covers all below that project.
 */

export const queryClient = new QueryClient({
	defaultOptions: {
		queries: {
			// Events say what changed; a minute covers what has no event.
			staleTime: 60_000,
			retry: (count, failure) =>
				!(failure instanceof SessionEnded) &&
				!(failure instanceof ApiProblem && failure.status < 500 && failure.status !== 429) &&
				count < 3,
			retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
		},
	},
});

export interface ProjectRef {
	org: string;
	project: string;
}
export interface ComponentRef extends ProjectRef {
	component: string;
}

export const keys = {
	org: (org: string) => ["orgs", org] as const,
	project: ({ org, project }: ProjectRef) => ["orgs", org, "projects", project] as const,
	component: ({ org, project, component }: ComponentRef) =>
		["orgs", org, "projects", project, "components", component] as const,
};

export const page = { limit: 200 };

interface Page<T> {
	items: T[];
	nextCursor?: string | null;
}

/** All of a list, page by page: for what is shown whole, or grouped. */
export async function whole<T>(read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
	const found: T[] = [];
	let cursor: string | null | undefined;
	do {
		const next: Page<T> = await read(cursor ? { ...page, cursor } : page);
		found.push(...next.items);
		cursor = next.nextCursor;
	} while (cursor);
	return found;
}

const path = {
	org: (org: string) => ({ organization: org }),
	project: ({ org, project }: ProjectRef) => ({ organization: org, project }),
	component: ({ org, project, component }: ComponentRef) => ({ organization: org, project, component }),
};

export { path };

export const me = queryOptions({
	queryKey: ["me"],
	queryFn: () => data<Schema["Me"]>(api.GET("/api/v1/me")),
	staleTime: 5 * 60_000,
});

export const accessTokens = queryOptions({
	queryKey: ["me", "tokens"],
	queryFn: async () => (await data(api.GET("/api/v1/me/tokens", { params: { query: page } }))).items,
});

export const organizations = queryOptions({
	queryKey: ["orgs"],
	queryFn: async () => (await data(api.GET("/api/v1/organizations", { params: { query: page } }))).items,
});

export const dataPlanes = queryOptions({
	queryKey: ["data-planes"],
	queryFn: async () => (await data(api.GET("/api/v1/data-planes", { params: { query: page } }))).items,
});

export const organization = (org: string) =>
	queryOptions({
		queryKey: keys.org(org),
		queryFn: () => data(api.GET("/api/v1/organizations/{organization}", { params: { path: path.org(org) } })),
	});

export const projects = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "projects"],
		queryFn: async () =>
			(
				await data(
					api.GET("/api/v1/organizations/{organization}/projects", {
						params: { path: path.org(org), query: { ...page, sort: "name" } },
					}),
				)
			).items,
	});

export const environments = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "environments"],
		queryFn: async () =>
			(
				await data(
					api.GET("/api/v1/organizations/{organization}/environments", {
						params: { path: path.org(org), query: page },
					}),
				)
			).items,
	});

export const pipelines = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "pipelines"],
		queryFn: async () =>
			(
				await data(
					api.GET("/api/v1/organizations/{organization}/pipelines", {
						params: { path: path.org(org), query: page },
					}),
				)
			).items,
	});

export const members = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "members"],
		queryFn: () =>
			whole((query) =>
				data(api.GET("/api/v1/organizations/{organization}/members", { params: { path: path.org(org), query } })),
			),
	});

export const serviceAccounts = (org: string) =>
	queryOptions({
		queryKey: [...keys.org(org), "service-accounts"],
		queryFn: () =>
			whole((query) =>
				data(
					api.GET("/api/v1/organizations/{organization}/service-accounts", {
						params: { path: path.org(org), query },
					}),
				),
			),
	});

export const endpoints = (org: string, filter: { project?: string; environment?: string } = {}) =>
	queryOptions({
		queryKey: [...keys.org(org), "endpoints", filter],
		queryFn: () =>
			whole((query) =>
				data(
					api.GET("/api/v1/organizations/{organization}/endpoints", {
						params: { path: path.org(org), query: { ...filter, ...query } },
					}),
				),
			),
		refetchInterval: 10_000,
	});

/** What somebody may want to be told of; steps in between are left out. */
const TOLD = ["project", "component", "build", "deployment", "configuration", "secret", "environment", "member"];

export const activity = (org: string, filter: { project?: string; component?: string } = {}) =>
	infiniteQueryOptions({
		queryKey: [...keys.org(org), "activity", filter],
		queryFn: ({ pageParam }) =>
			data(
				api.GET("/api/v1/organizations/{organization}/activity", {
					params: {
						path: path.org(org),
						query: { ...filter, kind: TOLD, limit: 100, ...(pageParam && { cursor: pageParam }) },
					},
				}),
			),
		initialPageParam: "",
		getNextPageParam: (last) => last.nextCursor ?? undefined,
		// While it is shown it grows by itself; what happened while it was not is read anew.
		staleTime: 0,
	});

export interface AuditFilter {
	actor?: string;
	action?: string;
	resource?: string;
	from?: string;
	until?: string;
}
export const audit = (org: string, filter: AuditFilter) =>
	infiniteQueryOptions({
		queryKey: [...keys.org(org), "audit", filter],
		queryFn: ({ pageParam }) =>
			data(
				api.GET("/api/v1/organizations/{organization}/audit", {
					params: { path: path.org(org), query: { ...filter, ...page, ...(pageParam && { cursor: pageParam }) } },
				}),
			),
		initialPageParam: "",
		getNextPageParam: (last) => last.nextCursor ?? undefined,
	});

export const project = (ref: ProjectRef) =>
	queryOptions({
		queryKey: keys.project(ref),
		queryFn: () =>
			data(api.GET("/api/v1/organizations/{organization}/projects/{project}", { params: { path: path.project(ref) } })),
	});

export const components = (ref: ProjectRef) =>
	queryOptions({
		queryKey: [...keys.project(ref), "components"],
		queryFn: async () =>
			(
				await data(
					api.GET("/api/v1/organizations/{organization}/projects/{project}/components", {
						params: { path: path.project(ref), query: { ...page, sort: "name" } },
					}),
				)
			).items,
	});

export const component = (ref: ComponentRef) =>
	queryOptions({
		queryKey: keys.component(ref),
		queryFn: () =>
			data(
				api.GET("/api/v1/organizations/{organization}/projects/{project}/components/{component}", {
					params: { path: path.component(ref) },
				}),
			),
	});

/** What belongs to a component, as the API names it. */
export const COMPONENT = "/api/v1/organizations/{organization}/projects/{project}/components/{component}";

export const builds = (ref: ComponentRef) =>
	infiniteQueryOptions({
		queryKey: [...keys.component(ref), "builds"],
		queryFn: ({ pageParam }) =>
			data(
				api.GET(`${COMPONENT}/builds`, {
					params: { path: path.component(ref), query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
				}),
			),
		initialPageParam: "",
		getNextPageParam: (last) => last.nextCursor ?? undefined,
	});

export const build = (ref: ComponentRef, id: string) =>
	queryOptions({
		queryKey: [...keys.component(ref), "builds", id],
		queryFn: () =>
			data(api.GET(`${COMPONENT}/builds/{build}`, { params: { path: { ...path.component(ref), build: id } } })),
	});

export const releases = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "releases"],
		queryFn: () =>
			whole((query) => data(api.GET(`${COMPONENT}/releases`, { params: { path: path.component(ref), query } }))),
	});

export const deployments = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "deployments"],
		queryFn: async () =>
			(await data(api.GET(`${COMPONENT}/deployments`, { params: { path: path.component(ref), query: page } }))).items,
	});

export const instances = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "instances"],
		queryFn: () =>
			whole((query) => data(api.GET(`${COMPONENT}/instances`, { params: { path: path.component(ref), query } }))),
		refetchInterval: 3_000,
	});

/** Where the component is deployed as a task; empty for what runs on and on. */
export const tasks = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "tasks"],
		queryFn: () =>
			whole((query) => data(api.GET(`${COMPONENT}/tasks`, { params: { path: path.component(ref), query } }))),
	});

export const runs = (ref: ComponentRef, environment: string) =>
	infiniteQueryOptions({
		queryKey: [...keys.component(ref), "runs", environment],
		queryFn: ({ pageParam }) =>
			data(
				api.GET(`${COMPONENT}/runs`, {
					params: {
						path: path.component(ref),
						query: { environment, limit: 50, ...(pageParam && { cursor: pageParam }) },
					},
				}),
			),
		initialPageParam: "",
		getNextPageParam: (last) => last.nextCursor ?? undefined,
	});

export const configuration = (ref: ComponentRef, environment: string) =>
	queryOptions({
		queryKey: [...keys.component(ref), "configuration", environment],
		queryFn: () =>
			data(
				api.GET(`${COMPONENT}/configuration/{environment}`, {
					params: { path: { ...path.component(ref), environment } },
				}),
			),
	});

export const secrets = (ref: ComponentRef, environment: string) =>
	queryOptions({
		queryKey: [...keys.component(ref), "secrets", environment],
		queryFn: () =>
			whole((query) =>
				data(
					api.GET(`${COMPONENT}/secrets/{environment}`, {
						params: { path: { ...path.component(ref), environment }, query },
					}),
				),
			),
	});

export const webhook = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "webhook"],
		queryFn: async () => {
			try {
				return await data(api.GET(`${COMPONENT}/webhook`, { params: { path: path.component(ref) } }));
			} catch (failure) {
				if (failure instanceof ApiProblem && failure.status === 404) return null;
				throw failure;
			}
		},
	});

export const deliveries = (ref: ComponentRef) =>
	queryOptions({
		queryKey: [...keys.component(ref), "webhook", "deliveries"],
		queryFn: async () =>
			(await data(api.GET(`${COMPONENT}/webhook/deliveries`, { params: { path: path.component(ref), query: page } })))
				.items,
	});

/** What somebody may do, and why. */
export const effectiveAccess = (org: string, username: string, project: string | undefined) =>
	queryOptions({
		queryKey: [...keys.org(org), "members", username, "access", project ?? ""],
		queryFn: () =>
			data(
				api.GET("/api/v1/organizations/{organization}/access", {
					params: { path: path.org(org), query: { username, ...(project && { project }) } },
				}),
			),
	});

/** Reads the whole chain of audit entries, so it is not asked for more often than somebody wants to know. */
export const auditVerification = (org: string) =>
	queryOptions({
		queryKey: ["audit-verification", org],
		queryFn: () =>
			data(api.GET("/api/v1/organizations/{organization}/audit/verification", { params: { path: path.org(org) } })),
		staleTime: 10 * 60_000,
	});
