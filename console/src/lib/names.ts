import { t } from "@lingui/core/macro";
/** What the API takes as a name. */
export const nameHint = () =>
	t`Lower case letters, digits and hyphens; begins with a letter. It is part of addresses and stays.`;

/** A name made of what people call a thing. */
export function asName(text: string): string {
	return text
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^[^a-z]+|-+$/g, "")
		.slice(0, 40)
		.replace(/-+$/, "");
}
