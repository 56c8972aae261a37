import { type PluginItem, type PluginObj, transformAsync, types } from "@babel/core";
import macro from "@lingui/babel-plugin-lingui-macro";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

/**
 * Turns the texts of the source into what Lingui shows, when the console is built. English stays where it is written, in
 * the form that Lingui's runtime needs no parser for: so each page brings its own English, and nobody loads a catalogue
 * but those who read another language.
 */
export function texts(): Plugin {
	return {
		name: "cytoplane-texts",
		enforce: "pre",
		async transform(code, id) {
			const file = id.split("?")[0]!;
			if (!/\/src\/.*\.tsx?$/.test(file) || !code.includes("/macro")) return null;
			const made = await transformAsync(code, {
				filename: file,
				configFile: false,
				babelrc: false,
				sourceMaps: true,
				parserOpts: { plugins: ["typescript", "jsx"] },
				plugins: [[macro as unknown as PluginItem, { stripMessageField: false }], compiled],
			});
			return { code: made!.code!, map: made!.map };
		},
	};
}

/** What stands beside an id as its message, as text, is put as Lingui's list of parts. */
function compiled(): PluginObj {
	const parts = (text: string) => types.valueToNode(compileMessage(text));
	return {
		visitor: {
			Program: {
				exit(program) {
					program.traverse({
						ObjectProperty({ node, parent }) {
							if (isNamed(node.key, "message") && types.isStringLiteral(node.value) && hasId(parent))
								node.value = parts(node.value.value);
						},
						JSXAttribute({ node, parent }) {
							if (node.name.name !== "message" || !types.isJSXOpeningElement(parent)) return;
							const text = types.isJSXExpressionContainer(node.value) ? node.value.expression : node.value;
							if (types.isStringLiteral(text)) node.value = types.jsxExpressionContainer(parts(text.value));
						},
					});
				},
			},
		},
	};
}

const isNamed = (key: types.Node, name: string) =>
	types.isIdentifier(key, { name }) || types.isStringLiteral(key, { value: name });

const hasId = (it: types.Node) =>
	types.isObjectExpression(it) && it.properties.some((of) => types.isObjectProperty(of) && isNamed(of.key, "id"));
