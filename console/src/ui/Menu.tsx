import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

export function Menu({
	trigger,
	children,
	align = "end",
}: {
	trigger: ReactElement;
	children: ReactNode;
	align?: "start" | "end";
}) {
	return (
		<Base.Root modal={false}>
			<Base.Trigger render={trigger} />
			<Base.Portal>
				<Base.Positioner className="menu-positioner" sideOffset={4} align={align}>
					<Base.Popup className="menu">{children}</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</Base.Root>
	);
}

export function MenuItem({ children, danger, ...rest }: Base.Item.Props & { danger?: boolean }) {
	return (
		<Base.Item {...rest} className={`menu-item ${danger ? "menu-item-danger" : ""}`}>
			{children}
		</Base.Item>
	);
}

/** A place to go, given as a rendered link. */
export function MenuLink({ children, render }: { children?: ReactNode; render: ReactElement }) {
	return (
		<Base.Item className="menu-item" render={render}>
			{children}
		</Base.Item>
	);
}

export const MenuSeparator = () => <Base.Separator className="menu-separator" />;
export const MenuLabel = ({ children }: { children: ReactNode }) => <div className="menu-label">{children}</div>;
