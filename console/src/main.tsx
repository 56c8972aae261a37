import "./styles/tokens.css";
import "./styles/base.css";
import "./ui/kit.css";
import { applyLanguage } from "./language/language";
import { notLoaded } from "./session/notLoaded";
import { session } from "./session/session";
import { applyTheme } from "./shell/theme";

applyTheme();
// Fetched while people are signed in; without its catalogue the console speaks English.
const spoken = applyLanguage().catch(() => applyLanguage("en"));

const root = document.getElementById("root")!;

async function start() {
	if (location.pathname === "/signed-out") {
		sessionStorage.clear();
		const { signedOut } = await import("./session/SignedOut");
		await spoken;
		signedOut(root);
		return;
	}
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

start().catch(async () => {
	if (!session.stay()) return;
	await spoken;
	notLoaded(root, session.destination);
});
