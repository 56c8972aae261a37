import ts from "typescript";

/** Attributes and properties that people read, whatever is in them. */
const READ = /^(label|title|placeholder|aria-label|hint|description|action|about|what|alt|summary|heading|text)$/;
/** Attributes that nobody reads. */
const UNREAD =
	/^(className|command|to|from|id|key|d|transform|type|role|style|href|rel|name|value|autoComplete|aria-(labelledby|describedby|controls)|data-.*|search|params|viewBox|strokeDasharray|inputMode|pattern|side|align|tone|look)$/;
/** Elements whose content is in the catalogue, or as it is in every language. */
const DONE = /^(code|kbd|pre|Trans|Plural)$/;
/** Calls whose arguments are in the catalogue, or read by no person. */
const SILENT =
	/^(t|msg|plural|console\.\w+|.*\.(append|set|get|getItem|setItem|addEventListener|setAttribute|querySelector|includes|startsWith|endsWith|split))$/;
/** Calls whose arguments are read by people. */
const SAYING = /\btoast\.\w+$|^useTitle$/;

/** Names that are the same everywhere, what is typed in a command or a descriptor, and examples of it. */
const SAME = new Set(
	[
		["p50", "p95", "4xx", "5xx", "CPU", "Cytoplane"],
		["service", "web-application", "web", "worker", "scheduled-task", "manual-task"],
		["public", "organization", "project"],
		["ann", "component.created", "acme/shop/api", "NAME", "DATABASE_PASSWORD", "localhost", "services/api/**"],
		["https://github.com/acme/shop.git", "openid profile"],
	].flat(),
);

const words = (text: string) => /\p{L}{2}/u.test(text) && !SAME.has(text.trim());

/** Looks like a sentence or a title: words beside each other, or one with a capital. Commands and paths of drawings do not. */
const sentence = (text: string) =>
	words(text) &&
	!/^(cyto|git|curl|Bearer) |^ --|^M?…,… |^…\/… /.test(text) &&
	(/\p{L}{2}[,.:;]? \p{L}/u.test(text) || /^\p{Lu}\p{Ll}+$/u.test(text.trim()));

/**
 * Texts of a source file that people would read in English only: they are given to no macro of the catalogue, or too early
 * to be read in the language that is chosen later.
 *
 * @returns their places and what they say
 */
export function looseTexts(file: string, source: string): string[] {
	const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true, kind);
	const found: string[] = [];

	function say(node: ts.Node, text: string) {
		found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text.trim()}`);
	}

	/** @param read whether what this node says is shown, if it says something */
	function visit(node: ts.Node, read: boolean) {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
		if (ts.isTaggedTemplateExpression(node)) {
			if (node.tag.getText() === "t" && !ts.findAncestor(node, ts.isFunctionLike))
				say(node, `${node.getText()} is read before the language is known`);
			if (ts.isTemplateExpression(node.template))
				for (const it of node.template.templateSpans) visit(it.expression, false);
		} else if (ts.isJsxElement(node)) element(node);
		else if (ts.isJsxAttribute(node) && UNREAD.test(node.name.getText())) handlers(node);
		else if (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) {
			if (node.initializer) visit(node.initializer, READ.test(node.name.getText().replaceAll('"', "")));
		} else if (ts.isCallExpression(node)) call(node);
		else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
			if (read ? words(node.text) : sentence(node.text)) say(node, node.text);
		} else if (ts.isTemplateExpression(node)) template(node, read);
		else if (ts.isConditionalExpression(node)) {
			visit(node.condition, false);
			visit(node.whenTrue, read);
			visit(node.whenFalse, read);
		} else if (ts.isBinaryExpression(node)) {
			// What is compared is not read.
			if (/^([!=]==?|[<>]=?)$/.test(node.operatorToken.getText())) return;
			visit(node.left, read && node.operatorToken.getText() !== "&&");
			visit(node.right, read);
		} else {
			const same = ts.isParenthesizedExpression(node) || ts.isJsxExpression(node);
			ts.forEachChild(node, (it) => visit(it, same && read));
		}
	}

	function element(node: ts.JsxElement) {
		visit(node.openingElement.attributes, false);
		const shown = !DONE.test(node.openingElement.tagName.getText());
		for (const it of node.children) {
			if (!ts.isJsxText(it)) visit(it, shown);
			else if (shown && words(it.text)) say(it, it.text);
		}
	}

	function call(node: ts.CallExpression) {
		const name = node.expression.getText();
		if (SILENT.test(name)) return;
		visit(node.expression, false);
		for (const it of node.arguments) visit(it, SAYING.test(name));
	}

	function template(node: ts.TemplateExpression, read: boolean) {
		const parts = [node.head, ...node.templateSpans.map((it) => it.literal)].map((it) => it.text);
		const whole = parts.join("…");
		if (read ? parts.some(words) && !/^(cyto|git) /.test(whole) : / /.test(whole) && sentence(whole))
			say(node, node.getText());
		for (const it of node.templateSpans) visit(it.expression, false);
	}

	/** In an attribute that nobody reads, only what is done is looked at. */
	function handlers(node: ts.Node) {
		if (ts.isFunctionLike(node) || ts.isJsxElement(node)) visit(node, false);
		else ts.forEachChild(node, handlers);
	}

	visit(tree, false);
	return found;
}
