/**
 * The script and the style of a page, each as one text, with what a content-security policy calls them. From source
 * they are bundled when this file is loaded; the built program holds the texts in its place (`.build/bundle.ts`), so
 * that it needs neither the bundler nor the sources.
 */

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

export const SCRIPT = bundled('client.tsx');
export const STYLE = bundled('page.css');
export const SCRIPT_HASH = hashOf(SCRIPT);
export const STYLE_HASH = hashOf(STYLE);

function bundled(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`page/${name}`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: name.endsWith('.css') ? 'esnext' : 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = (outputFiles[0]?.text ?? '').trim();
  // Neither may end the element that holds it.
  if (/<\/(?:script|style)|<!--/iu.test(text)) throw new Error(`page/${name} cannot be put into a page`);
  return text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
