/** What an organization's event carries. */
export interface OrganizationEvent {
	sequence: number;
	type: string;
	/** The path of what it happened to, as acme/shop/api. */
	subject: string;
	data: Record<string, unknown>;
	time: string;
}

/** The keys of the queries that an event makes old. Each covers everything that begins with it. */
export function affected(event: Pick<OrganizationEvent, "type" | "subject" | "data">): string[][] {
	const [org = "", project = "", component = ""] = event.subject.split("/");
	const noun = event.type.split(".")[0];
	const ofOrg = ["orgs", org];
	const ofProject = [...ofOrg, "projects", project];
	const ofComponent = [...ofProject, "components", component];
	switch (noun) {
		case "organization":
			return [["orgs"], ["me"]];
		case "project":
			return [[...ofOrg, "projects"]];
		case "component":
			return [[...ofProject, "components"]];
		case "build":
			return [[...ofComponent, "builds"]];
		case "release":
			return [[...ofComponent, "releases"]];
		case "run":
			return [
				[...ofComponent, "runs"],
				[...ofComponent, "tasks"],
			];
		case "deployment":
			return [
				[...ofComponent, "deployments"],
				[...ofComponent, "tasks"],
				[...ofComponent, "instances"],
				[...ofProject, "cells"],
				[...ofOrg, "cells"],
				[...ofOrg, "endpoints"],
			];
		case "cell":
			return [
				[...ofProject, "cells"],
				[...ofOrg, "cells"],
				[...ofOrg, "endpoints"],
			];
		case "configuration":
		case "secret":
			return [
				[...ofComponent, "configuration"],
				[...ofComponent, "secrets"],
			];
		case "webhook":
			return [[...ofComponent, "webhook"]];
		case "environment":
			return [[...ofOrg, "environments"]];
		case "pipeline":
			return [[...ofOrg, "pipelines"]];
		case "member":
			return [[...ofOrg, "members"], ["me"]];
		case "service-account":
			return [
				[...ofOrg, "service-accounts"],
				[...ofOrg, "members"],
			];
		case "dataplane":
			return [["data-planes"]];
		default:
			return [ofOrg];
	}
}
