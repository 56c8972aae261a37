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
	const place = component ? `/orgs/${org}/projects/${project}/components/${component}` : "";
	const what = event.subject.split("/").slice(1).join("/") || org;
	const told = (text: string, tone: Tone = "none", to?: string): Told => ({ text, tone, to, what });
	switch (event.type) {
		case "build.queued":
			return told(
				`Build of ${string(data.commit).slice(0, 7)} queued`,
				"info",
				`${place}/builds/${string(data.buildId)}`,
			);
		case "build.finished": {
			const status = string(data.status);
			const [verb, tone]: [string, Tone] =
				status === "SUCCEEDED"
					? ["succeeded", "good"]
					: status === "FAILED"
						? ["failed", "bad"]
						: ["was cancelled", "none"];
			return told(
				`Build of ${string(data.commit).slice(0, 7)} ${verb}`,
				tone,
				`${place}/builds/${string(data.buildId)}`,
			);
		}
		case "deployment.status":
			switch (string(data.status)) {
				case "LIVE": {
					const now =
						{ RESTART: "was restarted in", SCALE: "was scaled in", CONFIGURATION: "has new settings in" }[
							string(data.kind)
						] ?? "is live in";
					return told(`${release} ${now} ${environment}`, "good", place);
				}
				case "FAILED":
					return told(`${release} failed in ${environment}: ${string(data.message)}`, "bad", place);
				case "REMOVED":
					return told(`Taken out of ${environment}`, "none", place);
				default:
					return undefined;
			}
		case "deployment.created": {
			const verb =
				{
					PROMOTE: "is promoted to",
					ROLLBACK: "is rolled back to in",
					CONFIGURATION: "gets new settings in",
					RESTART: "gets new instances in",
					SCALE: "is scaled in",
					UNDEPLOY: "is taken out of",
				}[string(data.kind)] ?? "is deployed to";
			return told(`${release} ${verb} ${environment}`, "info", place);
		}
		case "project.created":
			return told("Project created", "none", `/orgs/${org}/projects/${project}`);
		case "project.deleted":
			return told("Project deleted");
		case "component.created":
			return told("Component created", "none", place);
		case "component.deleted":
			return told("Component deleted");
		case "component.changed":
			return told("Component settings changed", "none", `${place}/settings`);
		case "configuration.changed":
			return told(`Settings of ${environment} changed`, "none", `${place}/configuration`);
		case "secret.changed":
			return told(`Secret ${string(data.secret)} of ${environment} changed`, "none", `${place}/configuration`);
		case "environment.created":
			return told("Environment created", "none", `/orgs/${org}/environments`);
		case "member.added":
			return told(`Became ${string(data.role)}`, "none", `/orgs/${org}/members`);
		case "member.removed":
			return told(`Is no ${string(data.role)} any more`, "none", `/orgs/${org}/members`);
		default:
			return undefined;
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
		const id = noun === "build" ? it.data.buildId : noun === "deployment" ? it.data.id : undefined;
		if (id === undefined) return true;
		// A deployment that was superseded afterwards was live once, and that is what is told.
		if (!tell(it)) return false;
		const key = `${noun}/${id}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
