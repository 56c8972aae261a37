import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Schema } from "../api/client";

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
