import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useEffect } from "react";
import { Button } from "./Button";

/** What every page begins with. The title is the document's, too. */
export function PageHeader({
	title,
	titleText,
	meta,
	actions,
	children,
}: {
	title: ReactNode;
	/** For the document, when the title is more than text. */
	titleText?: string;
	meta?: ReactNode;
	actions?: ReactNode;
	children?: ReactNode;
}) {
	useTitle(titleText ?? (typeof title === "string" ? title : undefined));
	return (
		<header className="page-header">
			<div className="page-header-row">
				<div className="page-title">
					<h1>{title}</h1>
					{meta && <div className="page-meta">{meta}</div>}
				</div>
				{actions && <div className="page-actions">{actions}</div>}
			</div>
			{children}
		</header>
	);
}

export function useTitle(title: string | undefined) {
	useEffect(() => {
		document.title = title ? `${title} · Cytoplane` : "Cytoplane";
	}, [title]);
}

export function Section({
	title,
	hint,
	actions,
	children,
	id,
}: {
	title?: ReactNode;
	hint?: ReactNode;
	actions?: ReactNode;
	children: ReactNode;
	id?: string;
}) {
	return (
		<section className="section" aria-labelledby={title && id ? id : undefined}>
			{(title || actions) && (
				<div className="section-head">
					<div>
						{title && <h2 id={id}>{title}</h2>}
						{hint && <p className="dim">{hint}</p>}
					</div>
					{actions && <div className="page-actions">{actions}</div>}
				</div>
			)}
			{children}
		</section>
	);
}

export function Panel({ children, className }: { children: ReactNode; className?: string }) {
	return <div className={`panel ${className ?? ""}`}>{children}</div>;
}

/** There is nothing yet: says what would be here, and how it comes. */
export function Empty({
	title,
	children,
	action,
	icon,
}: {
	title: string;
	children?: ReactNode;
	action?: ReactNode;
	icon?: ReactNode;
}) {
	return (
		<div className="empty">
			{icon}
			<p className="empty-title">{title}</p>
			{children && <div className="empty-text">{children}</div>}
			{action && <div className="empty-action">{action}</div>}
		</div>
	);
}

export function Failed({ failure, retry }: { failure: unknown; retry?: () => void }) {
	return (
		<div className="empty" role="alert">
			<p className="empty-title">
				<Trans>This could not be read</Trans>
			</p>
			<div className="empty-text">{failure instanceof Error ? failure.message : String(failure)}</div>
			{retry && (
				<div className="empty-action">
					<Button onClick={retry}>
						<Trans>Try again</Trans>
					</Button>
				</div>
			)}
		</div>
	);
}

/** Holds the place of what is being read, so that nothing jumps. */
export function Skeleton({ rows = 4, height = 36 }: { rows?: number; height?: number }) {
	return (
		<div className="skeleton" role="status" aria-label={t`Loading`}>
			{Array.from({ length: rows }, (_, row) => (
				<i key={row} data-height={height} />
			))}
		</div>
	);
}

/** Names and what they are. */
export function Facts({ children }: { children: ReactNode }) {
	return <dl className="facts">{children}</dl>;
}
export function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
