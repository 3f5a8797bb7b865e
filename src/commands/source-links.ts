/** Where a pipeline's service shows a line of a file of the commit that is built. */

import { pathInRepository } from '../report/annotations/annotation-words.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type LineLink = (file: string, line: number) => string;

/** By the variables that GitHub Actions, GitLab CI and Azure Pipelines set; `null` elsewhere. */
export function sourceLinks(env: Env, folder: string): LineLink | null {
  const link = ofGithub(env) ?? ofGitlab(env) ?? ofAzure(env);
  if (link === null) return null;
  return (file, line) =>
    link(pathInRepository(file, folder).split('/').map(encodeURIComponent).join('/'), line);
}

function ofGithub(env: Env): LineLink | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  if (!server || !repository || !commit) return null;
  return (path, line) => `${server}/${repository}/blob/${commit}/${path}#L${line}`;
}

function ofGitlab({ CI_PROJECT_URL: project, CI_COMMIT_SHA: commit }: Env): LineLink | null {
  if (!project || !commit) return null;
  return (path, line) => `${project}/-/blob/${commit}/${path}#L${line}`;
}

/** Repositories of Azure itself. Their address may begin with the name of an account, which is no part of a link. */
function ofAzure(env: Env): LineLink | null {
  const { BUILD_REPOSITORY_PROVIDER: provider, BUILD_REPOSITORY_URI: uri, BUILD_SOURCEVERSION: commit } = env;
  if (provider !== 'TfsGit' || !uri || !commit) return null;
  const repository = uri.replace(/^https:\/\/[^/@]*@/u, 'https://');
  return (path, line) =>
    `${repository}?path=/${path}&version=GC${commit}&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1`;
}
