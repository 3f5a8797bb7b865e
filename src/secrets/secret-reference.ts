/** The text form of secret references: `env:NAME`, `file:PATH`, `keyVault:URL`. Resolves nothing. */

export type SecretReference =
  | { readonly source: 'env'; readonly name: string }
  | { readonly source: 'file'; readonly path: string }
  | { readonly source: 'keyVault'; readonly url: URL };

/** Vaults of the public and the sovereign clouds; a token for vaults goes nowhere else. */
const VAULT_HOST = /^[a-z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)$/iu;
const SECRET_PATH = /^\/secrets\/[0-9A-Za-z-]{1,127}(\/[0-9A-Za-z]{1,64})?\/?$/u;

/** `null`: no reference. */
export function parseSecretReference(text: string): SecretReference | null {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  if (colon < 0 || rest === '') return null;
  switch (text.slice(0, colon)) {
    case 'env':
      return { source: 'env', name: rest };
    case 'file':
      return { source: 'file', path: rest };
    case 'keyVault':
      return parseVault(rest);
    default:
      return null;
  }
}

function parseVault(text: string): SecretReference | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'https:' || url.port !== '') return null;
  const known = VAULT_HOST.test(url.hostname) && SECRET_PATH.test(url.pathname);
  return known && url.search === '' && url.username === '' ? { source: 'keyVault', url } : null;
}
