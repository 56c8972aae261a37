import { i18n } from "@lingui/core";

const formats = new Map<string, Intl.NumberFormat>();

/** A number as it is written in the language that is shown, with so many places after the point. */
export function number(value: number, digits = 0): string {
	const key = `${i18n.locale}/${digits}`;
	let format = formats.get(key);
	if (!format) {
		format = new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
		formats.set(key, format);
	}
	return format.format(value);
}
