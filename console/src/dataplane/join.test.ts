import { expect, it } from "vitest";
import { JOIN_COMMAND, joinSettings } from "./join";

it("tells a data plane all that it needs to join, and says where an address is not known", () => {
	const invitation = { name: "east", joinToken: "t", caFingerprint: "sha256:00" };
	expect(joinSettings({ ...invitation, linkUrl: "https://cp:8443" }).split("\n")).toEqual([
		"cytoplane.data-plane.link-url=https://cp:8443",
		"cytoplane.data-plane.state=/var/lib/cytoplane/east",
		"cytoplane.data-plane.join-token=t",
		"cytoplane.data-plane.ca-fingerprint=sha256:00",
	]);
	expect(joinSettings(invitation)).toContain("https://CONTROL-PLANE:PORT");
	expect(JOIN_COMMAND).toContain(" \\\n  --spring.config.additional-location");
});
