/** Light or dark: as the system is set, or as the reader wants it on this page. */

import type { VNode } from 'preact';

const THEMES = ['system', 'light', 'dark'] as const;

export function ThemeSwitch(): VNode {
  const choose = (event: Event): void => {
    document.documentElement.dataset.theme = (event.currentTarget as HTMLSelectElement).value;
  };
  return (
    <label class="theme scripted">
      <span>Colours</span>
      <select onChange={choose}>
        {THEMES.map((theme) => (
          <option key={theme} value={theme}>
            {theme}
          </option>
        ))}
      </select>
    </label>
  );
}
