import { z } from 'zod'
import { line, whole } from './fields.schema.ts'

export const MOST_LANES = 300

export const laneNameSchema = z.object({ laneName: line(60, 'Enter the name that your team knows them by.') })

export const capacitySchema = z.object({
  count: whole(0, MOST_LANES, `Enter how many, as a whole number from 0 to ${String(MOST_LANES)}.`),
})
