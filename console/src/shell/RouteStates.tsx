import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { ApiProblem } from "../api/problem";
import { Button } from "../ui/Button";
import { Empty, Failed, Skeleton, useTitle } from "../ui/Page";

export function NotFound() {
	useTitle(t`Not found`);
	return (
		<div className="page">
			<Empty
				title={t`There is nothing here`}
				action={
					<Link className="button button-plain" to="/">
						<Trans>To the start</Trans>
					</Link>
				}
			>
				<Trans>The address is wrong, it was deleted, or you may not see it.</Trans>
			</Empty>
		</div>
	);
}

export function RouteFailed({ error, reset }: ErrorComponentProps) {
	const router = useRouter();
	if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
	if (error instanceof ApiProblem && error.status === 403) {
		return (
			<div className="page">
				<Empty title={t`Your role does not allow this`}>{error.message}</Empty>
			</div>
		);
	}
	if (/dynamically imported|Importing a module|preload/i.test((error as Error).message)) {
		return (
			<div className="page">
				<Empty
					title={t`This page could not be loaded`}
					action={
						<Button look="primary" onClick={() => location.reload()}>
							<Trans>Load it again</Trans>
						</Button>
					}
				>
					<Trans>The connection is lost, or the platform was upgraded.</Trans>
				</Empty>
			</div>
		);
	}
	return (
		<div className="page">
			<Failed
				failure={error}
				retry={() => {
					reset();
					void router.invalidate();
				}}
			/>
		</div>
	);
}

export function RoutePending() {
	return (
		<div className="page">
			<Skeleton rows={6} />
		</div>
	);
}
