// What the rest of the emulator uses of this folder.

export { parseAnnotations } from './annotations.ts';
export { resolveReferences } from './batch-references.ts';
export type { Caller } from './compile-filter.ts';
export { formatContext } from './context-url.ts';
export { badRequest, notImplemented, ODataError, unknownProperty } from './errors.ts';
export { type BatchResult, type BatchText, type ChangeSetResponse, formatBatch } from './format-batch.ts';
export { type BatchItem, type ChangeSetMember, MAX_BATCH_REQUESTS, parseBatch } from './parse-batch.ts';
export { type ParseOptions, parseQuery } from './parse-query.ts';
export { EMPTY_QUERY, type Expand, type Expression, type Query, type SkipToken } from './query.ts';
export { type Annotations, type JsonRow, type RenderOptions, renderRow } from './render-row.ts';
export { MAX_COUNT, MAX_PAGE_SIZE, type Page, type RunOptions, runQuery } from './run-query.ts';
export type { QuerySwitches } from './scope.ts';
export { formatNextLink, formatSkipToken, parseSkipToken } from './skip-token.ts';
export type {
  Cell,
  Collection,
  Column,
  ColumnType,
  Database,
  Navigation,
  Reference,
  Row,
  Table,
} from './table.ts';
