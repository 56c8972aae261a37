import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { me } from "@/api/queries";
import { SessionEndedDialog } from "@/session/SessionEndedDialog";

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
	loader: ({ context }) => context.queryClient.ensureQueryData(me),
	component: () => (
		<>
			<Outlet />
			<SessionEndedDialog />
		</>
	),
});
