import { expect, it } from 'vitest';
import { sourceLinks } from './source-links.ts';

const GITHUB = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'contoso/mail',
  GITHUB_SHA: 'abc123',
};
const GITLAB = { CI_PROJECT_URL: 'https://gitlab.com/contoso/mail', CI_COMMIT_SHA: 'abc123' };
const AZURE = {
  BUILD_REPOSITORY_PROVIDER: 'TfsGit',
  BUILD_REPOSITORY_URI: 'https://contoso@dev.azure.com/contoso/it/_git/mail',
  BUILD_SOURCEVERSION: 'abc123',
};

it.each([
  ['GitHub', GITHUB, 'https://github.com/contoso/mail/blob/abc123/prod/a%20b.yaml#L7'],
  ['GitLab', GITLAB, 'https://gitlab.com/contoso/mail/-/blob/abc123/prod/a%20b.yaml#L7'],
  [
    'Azure DevOps',
    AZURE,
    'https://dev.azure.com/contoso/it/_git/mail?path=/prod/a%20b.yaml&version=GCabc123&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1',
  ],
])('a line is shown by %s', (_, env, expected) => {
  expect(sourceLinks(env, 'prod/')?.('a b.yaml', 7)).toBe(expected);
});

it.each([
  ['a terminal', {}],
  ['a repository elsewhere, built by Azure Pipelines', { ...AZURE, BUILD_REPOSITORY_PROVIDER: 'GitHub' }],
  ['half of the variables', { ...GITHUB, GITHUB_SHA: '' }],
])('nothing shows it in %s', (_, env) => {
  expect(sourceLinks(env, '')).toBeNull();
});
