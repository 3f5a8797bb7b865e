/** What the rest of the emulator uses of this folder. */

export { parseAnnotations } from './annotations.ts';
export { resolveReferences } from './batch-references.ts';
export { formatContext } from './context-url.ts';
export { ODataError } from './errors.ts';
export { type BatchResult, type ChangeSetResponse, formatBatch } from './format-batch.ts';
export { type BatchItem, type ChangeSetMember, parseBatch } from './parse-batch.ts';
export { parseQuery } from './parse-query.ts';
export type { Query } from './query.ts';
export { type Annotations, type JsonRow, renderRow } from './render-row.ts';
export { MAX_PAGE_SIZE, type Page, runQuery } from './run-query.ts';
export { formatNextLink } from './skip-token.ts';
export type { Row } from './table.ts';
