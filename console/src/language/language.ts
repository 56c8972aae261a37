import { i18n, type Messages } from "@lingui/core";

/** The languages of the console, each in its own words. English is in the code, each other one in a catalogue beside this. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof LANGUAGES;

const CATALOGUES: Record<Exclude<Language, "en">, () => Promise<{ messages: Messages }>> = {
	de: () => import("./de.po"),
};

const KEPT = "cytoplane.language";

const isLanguage = (it: string | null): it is Language => it !== null && it in LANGUAGES;

/** The first language that is wanted and that there is; English when there is none. */
export function firstOf(wanted: readonly string[]): Language {
	return wanted.map((it) => it.split("-")[0]!.toLowerCase()).find(isLanguage) ?? "en";
}

/** What was chosen; else what the browser asks for. */
export function language(): Language {
	const kept = localStorage.getItem(KEPT);
	return isLanguage(kept) ? kept : firstOf(navigator.languages);
}

/** Shows the console in a language. A catalogue that cannot be fetched leaves what is shown as it is. */
export async function applyLanguage(next: Language = language()): Promise<void> {
	const messages = next === "en" ? {} : (await CATALOGUES[next]()).messages;
	i18n.loadAndActivate({ locale: next, messages });
	document.documentElement.lang = next;
}

/** Chooses a language. One that the browser asks for anyway is not kept, so that it can change its mind. */
export async function chooseLanguage(next: Language): Promise<void> {
	await applyLanguage(next);
	if (next === firstOf(navigator.languages)) localStorage.removeItem(KEPT);
	else localStorage.setItem(KEPT, next);
}
