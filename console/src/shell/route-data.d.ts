import "@tanstack/react-router";

declare module "@tanstack/react-router" {
	interface StaticDataRouteOption {
		/** What the route is called in the trail at the top. */
		crumb?: string | ((params: Record<string, string>) => string);
	}
}
