import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { affected, type OrganizationEvent } from "./affected";
import { type StreamState, stream } from "./stream";

interface Feed {
	state: StreamState;
	listen: (listener: (event: OrganizationEvent) => void) => () => void;
}

const Context = createContext<Feed>({ state: "connecting", listen: () => () => undefined });

/** Follows an organization: what changed is read anew where it is shown, and said to whoever listens. */
export function OrganizationEvents({ org, children }: { org: string; children: ReactNode }) {
	const client = useQueryClient();
	const [state, setState] = useState<StreamState>("connecting");
	const listeners = useRef(new Set<(event: OrganizationEvent) => void>());
	const [feed] = useState(() => ({
		listen: (listener: (event: OrganizationEvent) => void) => {
			listeners.current.add(listener);
			return () => void listeners.current.delete(listener);
		},
	}));

	useEffect(() => {
		let lost = false;
		const pending = new Map<string, { queryKey: string[]; exact: boolean }>();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const flush = () => {
			timer = undefined;
			for (const it of pending.values()) void client.invalidateQueries(it);
			pending.clear();
		};
		const end = stream(`/api/v1/organizations/${encodeURIComponent(org)}/events`, {
			forever: true,
			onState: (next) => {
				setState(next);
				if (next === "lost") lost = true;
				if (next === "open" && lost) {
					lost = false;
					void client.invalidateQueries({ queryKey: ["orgs", org] });
				}
			},
			onEvent: ({ data }) => {
				const event = JSON.parse(data) as OrganizationEvent;
				// What was deleted cannot be read anew; only the list that it was in can.
				const exact = /^(project|component)\.deleted$/.test(event.type);
				for (const key of affected(event)) pending.set(`${key.join("/")} ${exact}`, { queryKey: key, exact });
				timer ??= setTimeout(flush, 60);
				for (const listener of listeners.current) listener(event);
			},
		});
		return () => {
			clearTimeout(timer);
			end();
		};
	}, [org, client]);

	return <Context value={{ state, ...feed }}>{children}</Context>;
}

export const useFeedState = () => useContext(Context).state;

export function useOrganizationEvent(listener: (event: OrganizationEvent) => void) {
	const { listen } = useContext(Context);
	const latest = useRef(listener);
	latest.current = listener;
	useEffect(() => listen((event) => latest.current(event)), [listen]);
}

/** The time, once a second or rarer, for whoever shows how long something took or when it was. */
export function useNow(every = 1000): number {
	return useSyncExternalStore(
		(changed) => {
			const timer = setInterval(changed, every);
			return () => clearInterval(timer);
		},
		() => Math.floor(Date.now() / every) * every,
	);
}
