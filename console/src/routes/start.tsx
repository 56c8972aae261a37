import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute, Link } from "@tanstack/react-router";
import { me } from "@/api/queries";
import { session } from "@/session/session";
import { Mark } from "@/shell/Mark";
import { NewOrganization } from "@/start/NewOrganization";
import { Steps } from "@/start/Steps";
import { PageHeader } from "@/ui/Page";

/** The first page of an empty platform, and where further organizations are made. */
export const Route = createFileRoute("/start")({ component: Start });

function Start() {
	const { data: person } = useSuspenseQuery(me);
	const first = person.organizations.length === 0;
	return (
		<div className="start">
			<header>
				<Mark />
				<strong>Cytoplane</strong>
				<span className="start-person">
					{person.username}
					<button type="button" className="button button-quiet button-small" onClick={() => void session.signOut()}>
						<Trans>Sign out</Trans>
					</button>
				</span>
			</header>
			<main className="page page-narrow">
				<PageHeader title={first ? t`Welcome. Three steps to a running component` : t`New organization`}>
					{first && <Steps at={0} />}
				</PageHeader>
				<p className="prose">
					<Trans>
						An organization holds projects, people and environments. It starts with the environments development,
						staging and production. To join one that exists, ask its owner to add you as a member.
					</Trans>
				</p>
				<NewOrganization first={first} />
				{!first && (
					<p>
						<Link to="/" className="link">
							<Trans>Back to {person.organizations[0]!.name}</Trans>
						</Link>
					</p>
				)}
			</main>
		</div>
	);
}
