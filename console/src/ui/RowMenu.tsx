import { t } from "@lingui/core/macro";
import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./Button";
import { Menu } from "./Menu";

/** What can be done with a row. */
export function RowMenu({ of, children }: { of: string; children: ReactNode }) {
	return (
		<Menu
			align="end"
			trigger={
				<IconButton label={t`Actions for ${of}`}>
					<Ellipsis />
				</IconButton>
			}
		>
			{children}
		</Menu>
	);
}
