import { queryOptions } from "@tanstack/react-query";
import { api, data } from "../api/client";
import { keys, type ProjectRef, path, whole } from "../api/queries";

const PLACEMENTS = "/api/v1/organizations/{organization}/projects/{project}/placements";
export const PLACEMENT = `${PLACEMENTS}/{environment}` as const;

export const placements = (ref: ProjectRef) =>
	queryOptions({
		queryKey: [...keys.project(ref), "placements"],
		queryFn: () =>
			whole((query) => data(api.GET(PLACEMENTS, { params: { path: path.project(ref), query: { ...query } } }))),
	});
