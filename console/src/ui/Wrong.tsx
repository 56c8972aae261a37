/** What went wrong, where it was done; nothing when nothing did. */
export function Wrong({ text }: { text: string | null | undefined }) {
	return text ? (
		<p className="callout callout-bad" role="alert">
			{text}
		</p>
	) : null;
}
