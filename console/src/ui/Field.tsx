import { type ComponentProps, type ReactNode, useId } from "react";

interface About {
	label: string;
	hint?: ReactNode;
	/** What is wrong with it, in a sentence. */
	wrong?: string | undefined;
}

function useAbout({ hint, wrong }: { hint?: ReactNode; wrong?: string | undefined }) {
	const id = useId();
	const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || undefined;
	return { id, "aria-describedby": described, "aria-invalid": wrong ? true : undefined };
}

function Around({ id, label, hint, wrong, children }: About & { id: string; children: ReactNode }) {
	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			{children}
			{hint && (
				<div className="hint" id={`${id}-hint`}>
					{hint}
				</div>
			)}
			{wrong && (
				<div className="wrong" id={`${id}-wrong`} role="alert">
					{wrong}
				</div>
			)}
		</div>
	);
}

export function TextField({ label, hint, wrong, className, ...rest }: ComponentProps<"input"> & About) {
	const about = useAbout({ hint, wrong });
	return (
		<Around id={about.id} label={label} hint={hint} wrong={wrong}>
			<input autoComplete="off" spellCheck={false} {...rest} {...about} className={`input ${className ?? ""}`} />
		</Around>
	);
}

export function TextArea({ label, hint, wrong, className, ...rest }: ComponentProps<"textarea"> & About) {
	const about = useAbout({ hint, wrong });
	return (
		<Around id={about.id} label={label} hint={hint} wrong={wrong}>
			<textarea spellCheck={false} {...rest} {...about} className={`input ${className ?? ""}`} />
		</Around>
	);
}

/** The browser's own: right on a phone, and every screen reader knows it. */
export function SelectField({ label, hint, wrong, className, children, ...rest }: ComponentProps<"select"> & About) {
	const about = useAbout({ hint, wrong });
	return (
		<Around id={about.id} label={label} hint={hint} wrong={wrong}>
			<select {...rest} {...about} className={`input ${className ?? ""}`}>
				{children}
			</select>
		</Around>
	);
}

export function Check({ label, hint, ...rest }: ComponentProps<"input"> & { label: string; hint?: ReactNode }) {
	const about = useAbout({ hint });
	return (
		<div className="check">
			<input type="checkbox" {...rest} {...about} />
			<div>
				<label htmlFor={about.id}>{label}</label>
				{hint && (
					<div className="dim" id={`${about.id}-hint`}>
						{hint}
					</div>
				)}
			</div>
		</div>
	);
}

export interface Choice<T extends string> {
	value: T;
	title: string;
	hint: ReactNode;
}

export function Choices<T extends string>({
	label,
	name,
	choices,
	value,
	onChange,
}: {
	label: string;
	name: string;
	choices: Choice<T>[];
	value: T;
	onChange: (value: T) => void;
}) {
	return (
		<fieldset className="choices">
			<legend>{label}</legend>
			{choices.map((it) => (
				<label className="choice" key={it.value}>
					<input type="radio" name={name} checked={it.value === value} onChange={() => onChange(it.value)} />
					<span className="title">{it.title}</span>
					<span className="hint">{it.hint}</span>
				</label>
			))}
		</fieldset>
	);
}
