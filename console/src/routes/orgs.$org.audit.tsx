import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";
import type { AuditFilter } from "@/api/queries";
import { AuditPage } from "@/audit/AuditPage";

const NAMES = ["actor", "action", "resource", "from", "until"] as const;

export const Route = createFileRoute("/orgs/$org/audit")({
	staticData: { crumb: () => t`Audit` },
	validateSearch: (search: Record<string, unknown>): AuditFilter =>
		Object.fromEntries(
			NAMES.filter((it) => search[it] !== undefined && search[it] !== "").map((it) => [it, String(search[it])]),
		),
	component: Page,
});

function Page() {
	return <AuditPage org={Route.useParams().org} filter={Route.useSearch()} />;
}
