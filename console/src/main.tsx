import "./styles/tokens.css";
import "./styles/base.css";
import "./ui/kit.css";
import { applyLanguage } from "./language/language";
import { session } from "./session/session";
import { applyTheme } from "./shell/theme";

applyTheme();
// Fetched while people are signed in; without its catalogue the console speaks English.
const spoken = applyLanguage().catch(() => applyLanguage("en"));

// A part of the console that is not there any more: the platform was upgraded under this page.
addEventListener("vite:preloadError", (event) => {
	event.preventDefault();
	dispatchEvent(new Event("cytoplane:upgraded"));
});

const root = document.getElementById("root")!;

if (location.pathname === "/signed-out") {
	sessionStorage.clear();
	const { signedOut } = await import("./session/SignedOut");
	await spoken;
	signedOut(root);
} else {
	// Sign-in goes on while the rest is fetched.
	const started = session.start();
	started.catch(() => undefined);
	const { show, showFailure } = await import("./app");
	await spoken;
	try {
		show(root, await started);
	} catch (failure) {
		showFailure(root, failure);
	}
}
