import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import { type Asked, MembersPage } from "@/access/MembersPage";
import { members, serviceAccounts } from "@/api/queries";

const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);

export const Route = createFileRoute("/orgs/$org/members")({
	staticData: { crumb: () => t`Members` },
	validateSearch: (search: Record<string, unknown>): Asked => {
		const who = text(search.who);
		const where = text(search.where);
		return { ...(who && { who }), ...(who && where && { where }) };
	},
	loader: ({ context: { queryClient }, params }) =>
		Promise.all([
			queryClient.ensureQueryData(members(params.org)),
			queryClient.ensureQueryData(serviceAccounts(params.org)),
		]),
	component: Page,
});

function Page() {
	return <MembersPage {...Route.useParams()} {...Route.useSearch()} />;
}
