import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useAllowed } from "../session/useSession";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { PageHeader, Section } from "../ui/Page";
import { Explanation } from "./Explanation";
import { Members } from "./Members";
import { NewMember } from "./NewMember";
import { ServiceAccounts } from "./ServiceAccounts";

/** Whose access is explained, and where; in the address, so that it can be sent to who asks. */
export interface Asked {
	who?: string;
	where?: string;
}

export function MembersPage({ org, who, where }: { org: string } & Asked) {
	const allowed = useAllowed(org);
	const navigate = useNavigate();
	const [making, setMaking] = useState<{ username: string }>();
	const ask = (search: Asked) =>
		void navigate({ to: "/orgs/$org/members", params: { org }, search, replace: who !== undefined });
	return (
		<div className="page">
			<PageHeader
				title={t`Members`}
				meta={
					<span>
						<Trans>Who holds which role, in the organization or in one project. A denial beats what is allowed.</Trans>
					</span>
				}
				actions={
					allowed.manage && (
						<Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking({ username: "" })}>
							<Trans>Give a role</Trans>
						</Button>
					)
				}
			/>
			<Section title={t`People`} id="people">
				<Members
					org={org}
					onAsk={(username) => ask({ who: username })}
					onGive={(username) => setMaking({ username })}
				/>
			</Section>
			<ServiceAccounts org={org} onAsk={(username) => ask({ who: username })} />
			<Dialog open={making !== undefined} onClose={() => setMaking(undefined)} title={t`Give or deny a role`}>
				{making && <NewMember org={org} username={making.username} onClose={() => setMaking(undefined)} />}
			</Dialog>
			<Dialog open={who !== undefined} onClose={() => ask({})} title={t`What ${who ?? ""} may do, and why`} wide>
				{who && (
					<Explanation
						org={org}
						username={who}
						project={where}
						onProject={(project) => ask({ who, ...(project && { where: project }) })}
					/>
				)}
			</Dialog>
		</div>
	);
}
