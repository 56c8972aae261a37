import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Schema } from "../api/client";
import type { Sample } from "./samples";

/** What kind of deployment it is. */
export const KINDS: Record<Schema["DeploymentView"]["kind"], MessageDescriptor> = {
	DEPLOY: msg`deploy`,
	PROMOTE: msg`promote`,
	ROLLBACK: msg`rollback`,
	CONFIGURATION: msg`configuration`,
	RESTART: msg`restart`,
	SCALE: msg`scale`,
	UNDEPLOY: msg`undeploy`,
};

/** What a sample is, and what it needs. */
export const SAMPLE_WORDS: Record<Sample["id"], { title: MessageDescriptor; about: MessageDescriptor }> = {
	site: {
		title: msg`A web page`,
		about: msg`HTML and CSS, served as they are. Needs nothing.`,
	},
	node: {
		title: msg`A Node.js service`,
		about: msg`An HTTP API in a few lines. Needs Node.js on the platform.`,
	},
	task: {
		title: msg`A scheduled task`,
		about: msg`A few lines that run every hour, and when you say so. Needs Node.js on the platform.`,
	},
};
