import { Toast } from "@base-ui/react/toast";
import { t } from "@lingui/core/macro";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./Button";
import { toasts } from "./toast";

export function Toasts({ children }: { children: ReactNode }) {
	return (
		<Toast.Provider toastManager={toasts} limit={4}>
			{children}
			<Toast.Portal>
				<Toast.Viewport className="toasts">
					<List />
				</Toast.Viewport>
			</Toast.Portal>
		</Toast.Provider>
	);
}

function List() {
	const { toasts: shown } = Toast.useToastManager();
	return shown.map((it) => (
		<Toast.Root key={it.id} toast={it} className={`toast toast-${it.type}`}>
			<Toast.Content className="toast-content">
				{it.type === "failed" ? (
					<CircleAlert className="toast-icon" aria-hidden />
				) : (
					<CircleCheck className="toast-icon" aria-hidden />
				)}
				<div className="toast-text">
					<Toast.Title className="toast-title" />
					<Toast.Description className="toast-description" />
				</div>
				<Toast.Action className="button button-plain button-small" />
				<Toast.Close render={<IconButton label={t`Dismiss`} />}>
					<X />
				</Toast.Close>
			</Toast.Content>
		</Toast.Root>
	));
}
