import { t } from "@lingui/core/macro";
import "./signed-out.css";

/** Where the console itself could not be fetched, so that nothing of it can say so: another try begins at the destination, or here. */
export function notLoaded(root: HTMLElement, destination: string | undefined) {
	const page = document.createElement("main");
	page.className = "alone";
	page.role = "alert";
	page.append(
		element("h1", t`The console could not be loaded`),
		element("p", t`The connection is lost, or the platform was upgraded.`),
	);
	const again = element("button", t`Load it again`);
	again.classList.add("button", "button-primary");
	again.onclick = () => (destination ? location.replace(destination) : location.reload());
	page.append(again);
	root.replaceChildren(page);
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	made.textContent = text;
	return made;
}
