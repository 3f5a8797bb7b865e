/** Takes a page over in the browser: reads its data, and goes on from what the server rendered. */

import { hydrate, render } from 'preact';
import { unpack } from '../pack.ts';
import type { Page } from '../page-model.ts';
import { App } from './app.tsx';

const root = document.getElementById('page');
const data = document.getElementById('data')?.textContent;

if (root !== null && data !== null && data !== undefined) {
  const page = unpack(data) as Page;
  hydrate(<App page={page} printing={false} />, root);
  document.documentElement.classList.add('running');
  // What is printed has no pages to turn and nothing to unfold.
  addEventListener('beforeprint', () => render(<App page={page} printing={true} />, root));
  addEventListener('afterprint', () => render(<App page={page} printing={false} />, root));
}
