import { t } from "@lingui/core/macro";
import type { OrganizationEvent } from "../live/affected";
import type { Tone } from "../ui/Status";

/** An event in words, for people who did not do it. Nothing for what nobody needs to be told. */
export interface Told {
	text: string;
	tone: Tone;
	/** Where to look. */
	to: string | undefined;
	/** What it happened to, without the organization. */
	what: string;
}

const string = (it: unknown) => (typeof it === "string" ? it : "");

export function tell(event: OrganizationEvent): Told | undefined {
	const [org = "", project = "", component = ""] = event.subject.split("/");
	const data = event.data;
	const environment = string(data.environment);
	const release = string(data.release);
	const commit = string(data.commit).slice(0, 7);
	const place = component ? `/orgs/${org}/projects/${project}/components/${component}` : "";
	const what = event.subject.split("/").slice(1).join("/") || org;
	const told = (text: string, tone: Tone = "none", to?: string): Told => ({ text, tone, to, what });
	switch (event.type) {
		case "build.queued":
			return told(t`Build of ${commit} queued`, "info", `${place}/builds/${string(data.buildId)}`);
		case "build.finished": {
			const to = `${place}/builds/${string(data.buildId)}`;
			switch (string(data.status)) {
				case "SUCCEEDED":
					return told(t`Build of ${commit} succeeded`, "good", to);
				case "FAILED":
					return told(t`Build of ${commit} failed`, "bad", to);
				default:
					return told(t`Build of ${commit} was cancelled`, "none", to);
			}
		}
		case "deployment.status":
			switch (string(data.status)) {
				case "LIVE":
					return told(live(string(data.kind), release, environment), "good", place);
				case "FAILED":
					return told(t`${release} failed in ${environment}: ${string(data.message)}`, "bad", place);
				case "REMOVED":
					return told(t`Taken out of ${environment}`, "none", place);
				default:
					return undefined;
			}
		case "deployment.created":
			return told(begun(string(data.kind), release, environment), "info", place);
		case "run.status": {
			const to = `${place}/runs`;
			switch (string(data.status)) {
				case "FAILED":
					return told(t`A run in ${environment} failed: ${string(data.message)}`, "bad", to);
				case "SUCCEEDED":
					// What a schedule does well each time is no news.
					return data.scheduled ? undefined : told(t`A run in ${environment} succeeded`, "good", to);
				default:
					return undefined;
			}
		}
		case "project.created":
			return told(t`Project created`, "none", `/orgs/${org}/projects/${project}`);
		case "project.deleted":
			return told(t`Project deleted`);
		case "component.created":
			return told(t`Component created`, "none", place);
		case "component.deleted":
			return told(t`Component deleted`);
		case "component.changed":
			return told(t`Component settings changed`, "none", `${place}/settings`);
		case "configuration.changed":
			return told(t`Settings of ${environment} changed`, "none", `${place}/configuration`);
		case "secret.changed":
			return told(t`Secret ${string(data.secret)} of ${environment} changed`, "none", `${place}/configuration`);
		case "environment.created":
			return told(t`Environment created`, "none", `/orgs/${org}/environments`);
		case "member.added":
			return told(t`Became ${string(data.role)}`, "none", `/orgs/${org}/members`);
		case "member.removed":
			return told(t`Is no ${string(data.role)} any more`, "none", `/orgs/${org}/members`);
		default:
			return undefined;
	}
}

/** What a deployment that is live has brought. */
function live(kind: string, release: string, environment: string): string {
	switch (kind) {
		case "RESTART":
			return t`${release} was restarted in ${environment}`;
		case "SCALE":
			return t`${release} was scaled in ${environment}`;
		case "CONFIGURATION":
			return t`${release} has new settings in ${environment}`;
		default:
			return t`${release} is live in ${environment}`;
	}
}

/** What a deployment that was asked for will bring. */
function begun(kind: string, release: string, environment: string): string {
	switch (kind) {
		case "PROMOTE":
			return t`${release} is promoted to ${environment}`;
		case "ROLLBACK":
			return t`${release} is rolled back to in ${environment}`;
		case "CONFIGURATION":
			return t`${release} gets new settings in ${environment}`;
		case "RESTART":
			return t`${release} gets new instances in ${environment}`;
		case "SCALE":
			return t`${release} is scaled in ${environment}`;
		case "UNDEPLOY":
			return t`${release} is taken out of ${environment}`;
		default:
			return t`${release} is deployed to ${environment}`;
	}
}

/**
 * Without what a later event has overtaken: of a build and of a deployment only the newest is worth a line.
 *
 * @param events the newest first
 */
export function latest(events: OrganizationEvent[]): OrganizationEvent[] {
	const seen = new Set<string>();
	return events.filter((it) => {
		const noun = it.type.split(".")[0]!;
		const id = noun === "build" ? it.data.buildId : noun === "deployment" || noun === "run" ? it.data.id : undefined;
		if (id === undefined) return true;
		// A deployment that was superseded afterwards was live once, and that is what is told.
		if (!tell(it)) return false;
		const key = `${noun}/${id}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
