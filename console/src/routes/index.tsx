import { createFileRoute, redirect } from "@tanstack/react-router";
import { me } from "@/api/queries";
import { lastOrganization } from "@/shell/lastOrganization";

/** There is no page above the organizations: the start is the one that was open last, or the making of the first. */
export const Route = createFileRoute("/")({
	beforeLoad: async ({ context }) => {
		const { organizations } = await context.queryClient.ensureQueryData(me);
		const names = organizations.map((it) => it.name);
		const last = lastOrganization();
		const org = last && names.includes(last) ? last : names[0];
		throw org
			? redirect({ to: "/orgs/$org", params: { org }, replace: true })
			: redirect({ to: "/start", replace: true });
	},
});
