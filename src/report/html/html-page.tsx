/** A page as one file that loads nothing: its text, its data, one style and one script, which its policy names. */

import { renderToString } from 'preact-render-to-string';
import { pack } from './pack.ts';
import { App } from './page/app.tsx';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './page-assets.inlined.ts';
import type { Page } from './page-model.ts';

/** Nothing is loaded, sent or framed in, no form leaves, and no text becomes markup in a script. */
const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const NO_SCRIPT =
  'Without JavaScript this page shows the first rows of each section; search, filters and the other rows need it.';

export function htmlPage(page: Page): string {
  return `<!doctype html>
<html lang="en" data-theme="system">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${text(`${page.title} ${page.environment}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<noscript><p class="printed">${NO_SCRIPT}</p></noscript>
<div id="page">${renderToString(<App page={page} printing={false} />)}</div>
<script type="application/json" id="data">${json(page)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function text(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** As data of a script element, which any `<` could end. */
function json(page: Page): string {
  return pack(page)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
