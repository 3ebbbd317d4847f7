import type { Prisma } from '#services/db/generated/client.ts'

export type WeekRow = Prisma.ContributionWeekCreateManyInput & {
  id: string
  chargedPence: number
  round: number
}

/** What people pay towards gross-charged care; as the use cases of contributions would have left it. */
export interface Charging {
  assessments: Prisma.ContributionAssessmentCreateManyInput[]
  weeks: WeekRow[]
  payments: (Prisma.ContributionPaymentCreateManyInput & { pence: number })[]
  disputes: Prisma.ContributionDisputeCreateManyInput[]
}
export const noCharging = (): Charging => ({ assessments: [], weeks: [], payments: [], disputes: [] })
