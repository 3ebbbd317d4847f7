import { z } from 'zod'
import { PERIODS, type Period } from './months.rules.ts'

/** What the filter form sends. Nothing is needed: the page opens on the last three months of all of it. */
export const marketFilterSchema = z.object({
  months: z
    .enum(PERIODS.map(String) as [string, ...string[]], { error: 'Choose the last 3, 6 or 12 months' })
    .default('3')
    .transform((text) => Number(text) as Period),
  area: z.string().max(60, 'Choose an area from the list').default(''),
  need: z.string().max(60, 'Choose a kind of support from the list').default(''),
})
export type MarketFilter = z.output<typeof marketFilterSchema>

export const TABLE_IDS = [
  'providers',
  'kinds',
  'year',
  'movement',
  'sizes',
  'months',
  'spread',
  'holding',
  'gaps-by-area',
  'gaps-by-support',
  'distance',
  'distance-by-area',
  'experience',
  'prices',
] as const
export type TableId = (typeof TABLE_IDS)[number]
export const tableIdSchema = z.enum(TABLE_IDS)
