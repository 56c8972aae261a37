import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Search } from "lucide-react";
import { useState } from "react";
import type { AuditFilter } from "../api/queries";
import { Button } from "../ui/Button";
import { TextField } from "../ui/Field";
import { dayOf, startOfDay } from "./entries";

export function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (next: AuditFilter) => void }) {
	const [actor, setActor] = useState(filter.actor ?? "");
	const [action, setAction] = useState(filter.action ?? "");
	const [resource, setResource] = useState(filter.resource ?? "");
	const [from, setFrom] = useState(dayOf(filter.from));
	const [until, setUntil] = useState(dayOf(filter.until, 1));
	const some = Object.values(filter).some(Boolean);
	return (
		<form
			className="filters"
			role="search"
			aria-label={t`Audit entries`}
			onSubmit={(event) => {
				event.preventDefault();
				const all = {
					actor: actor.trim(),
					action: action.trim(),
					resource: resource.trim(),
					from: startOfDay(from),
					until: startOfDay(until, 1),
				};
				onChange(Object.fromEntries(Object.entries(all).filter(([, value]) => value)));
			}}
		>
			<TextField label={t`Who`} value={actor} onChange={(e) => setActor(e.target.value)} placeholder="ann" />
			<TextField
				label={t`Did what`}
				value={action}
				onChange={(e) => setAction(e.target.value)}
				placeholder="component.created"
			/>
			<TextField
				label={t`To what`}
				value={resource}
				onChange={(e) => setResource(e.target.value)}
				placeholder="acme/shop/api"
			/>
			<TextField label={t`From`} type="date" value={from} max={until} onChange={(e) => setFrom(e.target.value)} />
			<TextField label={t`Until`} type="date" value={until} min={from} onChange={(e) => setUntil(e.target.value)} />
			<div className="form-actions">
				<Button type="submit" icon={<Search aria-hidden />}>
					<Trans>Filter</Trans>
				</Button>
				{some && (
					<Button look="quiet" onClick={() => onChange({})}>
						<Trans>Clear</Trans>
					</Button>
				)}
			</div>
		</form>
	);
}
