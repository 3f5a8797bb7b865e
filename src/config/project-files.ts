/** What loading a project needs of a file system. Paths are absolute. */

export interface ProjectFiles {
  /** Rejects when the file cannot be read. */
  read(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** Files below a directory whose path relative to it, with `/`, matches a pattern; sorted, each once. */
  glob(patterns: readonly string[], directory: string): Promise<readonly string[]>;
}
