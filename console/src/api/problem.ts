import { t } from "@lingui/core/macro";
/** What the API answers when it does not do what was asked (RFC 9457). */
export interface Problem {
	type: string;
	title: string;
	status: number;
	detail: string;
	errors?: { field: string; message: string }[] | null;
}

export class ApiProblem extends Error {
	readonly status: number;
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.detail || problem.title);
		this.status = problem.status;
		this.problem = problem;
	}

	/** The last part of its type, as in not-found. */
	get slug() {
		return this.problem.type.slice(this.problem.type.lastIndexOf("/") + 1);
	}

	/** What is wrong with a field of the form that was sent. */
	field(name: string): string | undefined {
		return this.problem.errors?.find((it) => it.field === name || it.field.endsWith(`.${name}`))?.message;
	}
}

export async function problemOf(response: Response): Promise<ApiProblem> {
	let body: Partial<Problem> = {};
	try {
		body = (await response.clone().json()) as Partial<Problem>;
	} catch {
		// Something on the way answered, not the platform.
	}
	return new ApiProblem({
		type: body.type ?? "about:blank",
		title: body.title ?? response.statusText,
		status: response.status,
		detail: body.detail ?? t`The server answered ${response.status} ${response.statusText}`,
		errors: body.errors ?? null,
	});
}
