import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";

interface Look {
	look?: "primary" | "plain" | "quiet" | "danger";
	small?: boolean;
	icon?: ReactNode;
	/** Its action is under way. */
	busy?: boolean;
}

const classes = ({ look = "plain", small, busy }: Look, more?: string) =>
	["button", `button-${look}`, small && "button-small", busy && "button-busy", more].filter(Boolean).join(" ");

export function Button({
	look,
	small,
	icon,
	busy,
	className,
	children,
	disabled,
	...rest
}: ComponentProps<"button"> & Look) {
	return (
		<button
			type="button"
			{...rest}
			className={classes({ look, small, busy } as Look, className)}
			disabled={disabled}
			aria-busy={busy || undefined}
			onClick={busy ? (event) => event.preventDefault() : rest.onClick}
		>
			{busy ? <span className="spinner" aria-hidden /> : icon}
			{children}
		</button>
	);
}

/** A link to a page of the console that looks like a button. */
export const ButtonLink = createLink(function ButtonLink({
	look,
	small,
	icon,
	className,
	children,
	...rest
}: ComponentProps<"a"> & Look) {
	return (
		<a {...rest} className={classes({ look, small } as Look, className)}>
			{icon}
			{children}
		</a>
	);
});

/** A button that is only a picture; its name is read out and shown on hover. */
export function IconButton({ label, className, children, ...rest }: ComponentProps<"button"> & { label: string }) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			{...rest}
			className={["icon-button", className].filter(Boolean).join(" ")}
		>
			{children}
		</button>
	);
}
