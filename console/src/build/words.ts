import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Schema } from "../api/client";

type Build = Schema["BuildView"];

/** Why there is a build. */
export const TRIGGERS: Record<Build["trigger"], MessageDescriptor> = {
	PUSH: msg`push`,
	UPLOAD: msg`upload`,
	WEBHOOK: msg`webhook`,
	MANUAL: msg`manual`,
};

export const STAGES: Record<Build["stages"][number]["name"], MessageDescriptor> = {
	CHECKOUT: msg`Check out`,
	DETECT: msg`Detect`,
	BUILD: msg`Build`,
	PACKAGE: msg`Package`,
	RELEASE: msg`Release`,
};
