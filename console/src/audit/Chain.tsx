import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { auditVerification } from "../api/queries";
import { number } from "../lib/numbers";
import { Button } from "../ui/Button";
import { Id } from "../ui/Copy";
import { Panel } from "../ui/Page";
import { Time } from "../ui/Time";

/** Whether the entries are still those that were written: each holds a hash over itself and the one before. */
export function Chain({ org }: { org: string }) {
	const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(auditVerification(org));
	return (
		<Panel className={`chain ${data && !data.valid ? "chain-broken" : ""}`}>
			{data && !data.valid ? <ShieldAlert aria-hidden /> : <ShieldCheck aria-hidden />}
			<div className="chain-said" role="status">
				{!data && !error && (
					<span className="dim">
						<Trans>Checking that no entry was changed or removed</Trans>
					</span>
				)}
				{error && !data && (
					<span>
						<Trans>The chain could not be checked: {error.message}</Trans>
					</span>
				)}
				{data?.valid && (
					<>
						<strong>
							<Trans>The chain is whole</Trans>
						</strong>
						<span className="dim">
							<Trans>
								<Plural value={data.entries} one="# entry" other="# entries" />, none changed, removed or put in
								between. Checked <Time at={new Date(dataUpdatedAt).toISOString()} />.
							</Trans>
						</span>
					</>
				)}
				{data && !data.valid && (
					<>
						<strong>
							<Trans>The chain is broken at entry {data.firstBrokenSequence}</Trans>
						</strong>
						<span>
							<Trans>
								The {number(data.entries)} entries before are as they were written. From there on, something was changed
								or removed in the database.
							</Trans>
						</span>
					</>
				)}
				{data && (
					<span
						className="chain-head"
						title={t`Keep it elsewhere to be able to prove that nothing was cut off at the end`}
					>
						<span className="dim">
							<Trans>Head</Trans>
						</span>{" "}
						<Id text={data.headHash} short={data.headHash.slice(0, 16)} what={t`head hash`} />
					</span>
				)}
			</div>
			<Button small busy={isFetching} onClick={() => void refetch()}>
				<Trans>Check again</Trans>
			</Button>
		</Panel>
	);
}
