import { useQuery } from "@tanstack/react-query";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { auditVerification } from "../api/queries";
import { Button } from "../ui/Button";
import { Id } from "../ui/Copy";
import { Panel } from "../ui/Page";
import { Time } from "../ui/Time";

const numbers = new Intl.NumberFormat("en");

/** Whether the entries are still those that were written: each holds a hash over itself and the one before. */
export function Chain({ org }: { org: string }) {
	const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(auditVerification(org));
	return (
		<Panel className={`chain ${data && !data.valid ? "chain-broken" : ""}`}>
			{data && !data.valid ? <ShieldAlert aria-hidden /> : <ShieldCheck aria-hidden />}
			<div className="chain-said" role="status">
				{!data && !error && <span className="dim">Checking that no entry was changed or removed</span>}
				{error && !data && <span>The chain could not be checked: {error.message}</span>}
				{data?.valid && (
					<>
						<strong>The chain is whole</strong>
						<span className="dim">
							{numbers.format(data.entries)} {data.entries === 1 ? "entry" : "entries"}, none changed, removed or put in
							between. Checked <Time at={new Date(dataUpdatedAt).toISOString()} />.
						</span>
					</>
				)}
				{data && !data.valid && (
					<>
						<strong>The chain is broken at entry {data.firstBrokenSequence}</strong>
						<span>
							The {numbers.format(data.entries)} entries before are as they were written. From there on, something was
							changed or removed in the database.
						</span>
					</>
				)}
				{data && (
					<span
						className="chain-head"
						title="Keep it elsewhere to be able to prove that nothing was cut off at the end"
					>
						<span className="dim">Head</span>{" "}
						<Id text={data.headHash} short={data.headHash.slice(0, 16)} what="head hash" />
					</span>
				)}
			</div>
			<Button small busy={isFetching} onClick={() => void refetch()}>
				Check again
			</Button>
		</Panel>
	);
}
