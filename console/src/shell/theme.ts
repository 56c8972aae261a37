export type Theme = "system" | "light" | "dark";

const KEPT = "cytoplane.theme";

export function theme(): Theme {
	const kept = localStorage.getItem(KEPT);
	return kept === "light" || kept === "dark" ? kept : "system";
}

export function applyTheme(next: Theme = theme()) {
	if (next === "system") {
		localStorage.removeItem(KEPT);
		delete document.documentElement.dataset.theme;
	} else {
		localStorage.setItem(KEPT, next);
		document.documentElement.dataset.theme = next;
	}
}
