/** The environment that a page shows, from its address. */
export const environmentSearch = (search: Record<string, unknown>): { environment?: string } =>
	typeof search.environment === "string" ? { environment: search.environment } : {};
