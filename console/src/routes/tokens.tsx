import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { TokensPage } from "@/access/TokensPage";
import { accessTokens, me, organization, projects } from "@/api/queries";
import { OrganizationEvents } from "@/live/OrganizationEvents";
import { lastOrganization } from "@/shell/lastOrganization";
import { Shell } from "@/shell/Shell";

/** Tokens belong to the person. The frame around them is that of the organization one comes from. */
export const Route = createFileRoute("/tokens")({
	staticData: { crumb: () => t`Access tokens` },
	loader: async ({ context: { queryClient } }) => {
		const [{ organizations }] = await Promise.all([
			queryClient.ensureQueryData(me),
			queryClient.ensureQueryData(accessTokens),
		]);
		const names = organizations.map((it) => it.name);
		const last = lastOrganization();
		const org = last && names.includes(last) ? last : names[0];
		if (org) {
			await Promise.all([queryClient.ensureQueryData(organization(org)), queryClient.ensureQueryData(projects(org))]);
		}
		return { org };
	},
	component: Page,
});

function Page() {
	const { org } = Route.useLoaderData();
	if (!org) {
		return (
			<main>
				<TokensPage />
			</main>
		);
	}
	return (
		<OrganizationEvents org={org}>
			<Shell org={org}>
				<TokensPage />
			</Shell>
		</OrganizationEvents>
	);
}
