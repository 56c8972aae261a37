interface Invitation {
	name: string;
	joinToken: string;
	caFingerprint: string;
	linkUrl?: string | null;
}

/** The settings of a data plane that it needs to join, as its file of settings has them. */
export function joinSettings({ name, joinToken, caFingerprint, linkUrl }: Invitation): string {
	return [
		`cytoplane.data-plane.link-url=${linkUrl ?? "https://CONTROL-PLANE:PORT"}`,
		`cytoplane.data-plane.state=/var/lib/cytoplane/${name}`,
		`cytoplane.data-plane.join-token=${joinToken}`,
		`cytoplane.data-plane.ca-fingerprint=${caFingerprint}`,
	].join("\n");
}

/** Run in the folder that holds these settings, the data plane's jar, and its libraries in lib. */
export const JOIN_COMMAND =
	"java --enable-native-access=ALL-UNNAMED -cp 'data-plane.jar:lib/*' dev.cytoplane.dataplane.DataPlane \\\n  --spring.config.additional-location=file:./join.properties";
