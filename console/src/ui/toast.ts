import { Toast } from "@base-ui/react/toast";
import { t } from "@lingui/core/macro";

export const toasts = Toast.createToastManager();

/** Says that something happened. With an undo, for a while, it can be taken back. */
export const toast = {
	done(title: string, options: { description?: string; undo?: () => void | Promise<unknown> } = {}) {
		const { description, undo } = options;
		const id = toasts.add({
			type: "done",
			title,
			...(description && { description }),
			timeout: undo ? 9000 : 5000,
			...(undo && {
				actionProps: {
					children: t`Undo`,
					onClick: () => {
						toasts.close(id);
						void Promise.resolve(undo()).catch(toast.failed);
					},
				},
			}),
		});
		return id;
	},
	failed(failure: unknown, title = t`That did not work`) {
		toasts.add({
			type: "failed",
			title,
			description: failure instanceof Error ? failure.message : String(failure),
			priority: "high",
			timeout: 12_000,
		});
	},
};
