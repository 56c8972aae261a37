import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Hammer } from "lucide-react";
import { api, data } from "../api/client";
import { type ComponentRef, keys, path } from "../api/queries";
import { Button } from "../ui/Button";
import { useAct } from "../ui/useAct";

/** Builds the newest commit of the component's branch, and goes to its log. */
export function BuildNow({ small, ...ref }: ComponentRef & { small?: boolean }) {
	const navigate = useNavigate();
	const { act, busy } = useAct({
		run: () =>
			data(
				api.POST("/api/v1/organizations/{organization}/projects/{project}/components/{component}/builds", {
					params: { path: path.component(ref) },
					body: {},
				}),
			),
		refresh: [[...keys.component(ref), "builds"]],
	});
	return (
		<Button
			look="primary"
			small={small ?? false}
			icon={<Hammer />}
			busy={busy}
			onClick={async () => {
				const made = await act();
				if (made) {
					await navigate({
						to: "/orgs/$org/projects/$project/components/$component/builds/$build",
						params: { ...ref, build: made.id },
					});
				}
			}}
		>
			<Trans>Build now</Trans>
		</Button>
	);
}
