import Anser from "anser";

export interface Span {
	text: string;
	/** 0–15 of the terminal's palette; undefined for the usual colour. */
	color: number | undefined;
	bold: boolean;
	faint: boolean;
}

export interface Line {
	number: number;
	/** Without what is not shown: what is searched, and copied. */
	text: string;
	raw: string;
	/** Said before the text: an instance, a time. */
	time?: string;
	source?: string;
}

/** Puts pieces of a log together to lines. A carriage return starts its line anew, as progress bars do. */
export class LineBuffer {
	private open = "";
	private count = 0;

	/** The lines that this piece ended. */
	push(piece: string): Line[] {
		const parts = (this.open + piece).split("\n");
		this.open = parts.pop() ?? "";
		return parts.map((raw) => this.line(raw));
	}

	/** What came after the last line's end. */
	rest(): Line[] {
		if (!this.open) return [];
		const raw = this.open;
		this.open = "";
		return [this.line(raw)];
	}

	line(whole: string): Line {
		const ended = whole.endsWith("\r") ? whole.slice(0, -1) : whole;
		const raw = ended.slice(ended.lastIndexOf("\r") + 1);
		return { number: ++this.count, raw, text: plain(raw) };
	}
}

const CONTROLS =
	/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[\u0000-\u0008\u000b-\u001f\u007f]/g;

export const plain = (raw: string) => raw.replace(CONTROLS, "");

/** A line's text in its colours. Nothing of it is ever markup. */
export function spans(raw: string): Span[] {
	// Only colours stay; all else that steers a terminal has no meaning here.
	const kept = raw.replace(CONTROLS, (it) => (/^\u001b\[[0-9;]*m$/.test(it) ? it : ""));
	if (!kept.includes("\u001b")) return kept ? [{ text: kept, color: undefined, bold: false, faint: false }] : [];
	return Anser.ansiToJson(kept, { use_classes: true, remove_empty: true }).map((it) => ({
		text: it.content,
		color: color(it.fg),
		bold: it.decorations.includes("bold"),
		faint: it.decorations.includes("dim"),
	}));
}

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

function color(name: string | null): number | undefined {
	if (!name) return undefined;
	const bright = name.startsWith("ansi-bright-");
	const at = NAMES.indexOf(name.replace(/^ansi-(bright-)?/, ""));
	return at < 0 ? undefined : at + (bright ? 8 : 0);
}
