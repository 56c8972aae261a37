// A compressed twin beside each asset, so that the control plane only has to choose.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = "target/site/assets";
for (const name of readdirSync(folder)) {
	if (!/\.(js|css|svg|json)$/.test(name)) continue;
	const content = readFileSync(`${folder}/${name}`);
	if (content.length < 256) continue;
	writeFileSync(`${folder}/${name}.gz`, gzipSync(content, { level: 9 }));
	writeFileSync(
		`${folder}/${name}.br`,
		brotliCompressSync(content, {
			params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
		}),
	);
}
