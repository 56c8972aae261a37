import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { Fragment, type ReactNode, useSyncExternalStore } from "react";

const subscribe = (listener: () => void) => i18n.on("change", listener);

/** Everything in it is made anew when another language is chosen: a text is read where it is needed, without a hook. */
export function Speaking({ children }: { children: ReactNode }) {
	const locale = useSyncExternalStore(subscribe, () => i18n.locale);
	return (
		<I18nProvider i18n={i18n}>
			<Fragment key={locale}>{children}</Fragment>
		</I18nProvider>
	);
}
