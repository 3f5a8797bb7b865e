/** What the rest of the emulator uses of this folder. */

export { annotationFilter, parseAnnotations } from './annotations.ts';
export { type Apply, parseApply } from './apply.ts';
export { resolveReferences } from './batch-references.ts';
export { formatContext } from './context-url.ts';
export {
  type Cursor,
  expectMark,
  expectName,
  openCursor,
  peek,
  takeMark,
  takeName,
  unexpected,
} from './cursor.ts';
export { badRequest, ODataError } from './errors.ts';
export { type BatchResult, type ChangeSetResponse, formatBatch, type Written } from './format-batch.ts';
export { readLiteral } from './literal.ts';
export { compareKeys } from './order-rows.ts';
export { type BatchItem, type BatchMember, type BatchRequest, parseBatch } from './parse-batch.ts';
export { parseQuery } from './parse-query.ts';
export type { Query, SkipToken } from './query.ts';
export { type Annotations, type JsonRow, renderRow, rowRenderer } from './render-row.ts';
export { runApply } from './run-apply.ts';
export { MAX_PAGE_SIZE, type Page, runQuery } from './run-query.ts';
export { formatNextLink } from './skip-token.ts';
export { sourceRows } from './source-rows.ts';
export { splitOutside } from './split-outside.ts';
export { splitSearch } from './split-search.ts';
export type { Row } from './table.ts';
