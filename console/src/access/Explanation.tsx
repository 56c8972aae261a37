import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { effectiveAccess, projects } from "../api/queries";
import { Cli } from "../ui/Copy";
import { SelectField } from "../ui/Field";
import { Failed, Skeleton } from "../ui/Page";
import { BEARINGS, because, PERMISSIONS, saying } from "./words";
import "./access.css";

/** Why can she do this? What somebody may do at a place, and which bindings make it so. */
export function Explanation({
	org,
	username,
	project,
	onProject,
}: {
	org: string;
	username: string;
	project: string | undefined;
	onProject: (project: string | undefined) => void;
}) {
	const { data: list } = useSuspenseQuery(projects(org));
	const { data: access, error, refetch } = useQuery(effectiveAccess(org, username, project));
	return (
		<div className="explanation">
			<SelectField label={t`Where`} value={project ?? ""} onChange={(e) => onProject(e.target.value || undefined)}>
				<option value="">
					<Trans>The organization itself</Trans>
				</option>
				{list.map((it) => (
					<option key={it.name} value={it.name}>
						<Trans>Project {it.name}</Trans>
					</option>
				))}
			</SelectField>
			{error && !access && <Failed failure={error} retry={() => void refetch()} />}
			{!access && !error && <Skeleton rows={6} />}
			{access && (
				<>
					<p className="explanation-answer" role="status">
						{because(access)}
					</p>
					<div className="explanation-halves">
						<section aria-labelledby="permissions">
							<h3 id="permissions">
								<Trans>What that allows</Trans>
							</h3>
							<ul className="permissions">
								{PERMISSIONS.map(([permission, words]) => {
									const held = access.permissions.includes(permission);
									return (
										<li key={permission} className={held ? "held" : ""}>
											{held ? <Check aria-hidden /> : <Minus aria-hidden />}
											<span>
												<span className="visually-hidden">{held ? t`May:` : t`May not:`} </span>
												{i18n._(words)}
											</span>
										</li>
									);
								})}
							</ul>
						</section>
						<section aria-labelledby="bindings">
							<h3 id="bindings">
								<Trans>What it comes from</Trans>
							</h3>
							{access.bindings.length === 0 && (
								<p className="dim">
									<Trans>No role was given or denied.</Trans>
								</p>
							)}
							<ul className="bearings">
								{access.bindings.map((it) => (
									<li key={it.id} className={`bearing bearing-${it.bearing.toLowerCase()}`}>
										<strong>{saying(it)}</strong>
										<span className="dim">{i18n._(BEARINGS[it.bearing])}</span>
									</li>
								))}
							</ul>
						</section>
					</div>
				</>
			)}
			<Cli command={`cyto access ${username}${project ? ` --project ${project}` : ""} --organization ${org}`} />
		</div>
	);
}
