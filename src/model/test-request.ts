/** What is known of requests of tests that nobody answered. */

/**
 * After this time a request that left no trace is taken for lost, and the test may be requested again: longer than a
 * request may take, 130 s.
 */
export const SETTLED_AFTER_MS = 180_000;
