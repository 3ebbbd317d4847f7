import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clone } from '#services/db/clone.server.ts'

/**
 * 300 searches as the page's address has them: what people type (the judged queries of tests/relevance), places, filters, orders, pages;
 * one in eight only looks round. No two are alike, so that nothing that is kept of one answers another.
 */
export const queries = (): string[] =>
  readFileSync(join(clone, 'tests/bench/queries.txt'), 'utf8').trim().split('\n')
