import { QueryClientProvider } from "@tanstack/react-query";
import { createRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queries";
import { Speaking } from "./language/Speaking";
import { routeTree } from "./routeTree.gen";
import { Broken } from "./session/SignedOut";
import { NotFound, RouteFailed, RoutePending } from "./shell/RouteStates";
import { Toasts } from "./ui/Toasts";

const router = createRouter({
	routeTree,
	context: { queryClient },
	defaultPreload: "intent",
	// What was read is kept by the queries, which know when it is old.
	defaultPreloadStaleTime: 0,
	defaultPendingMs: 250,
	defaultPendingMinMs: 0,
	scrollRestoration: true,
	defaultErrorComponent: RouteFailed,
	defaultPendingComponent: RoutePending,
	defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}

export function show(root: HTMLElement, to: string) {
	history.replaceState(null, "", to);
	createRoot(root).render(
		<StrictMode>
			<QueryClientProvider client={queryClient}>
				<Speaking>
					<Toasts>
						<RouterProvider router={router} />
					</Toasts>
				</Speaking>
			</QueryClientProvider>
		</StrictMode>,
	);
}

export function showFailure(root: HTMLElement, failure: unknown) {
	createRoot(root).render(
		<Speaking>
			<Broken failure={failure} />
		</Speaking>,
	);
}
