import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

const days = (sentence: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, sentence)
    .transform(Number)
    .pipe(z.number().min(7, sentence).max(180, sentence))

const schema = z.object({
  weeks: z
    .string()
    .trim()
    .transform((value, context) => {
      if (value === '') return null
      if (/^\d{1,2}$/.test(value) && Number(value) > 0) return Number(value)
      context.addIssue({ code: 'custom', message: 'Enter a number of weeks from 1 to 99, or leave it empty' })
      return z.NEVER
    }),
  answerDays: days('Enter a number of days from 7 to 180'),
  appealDays: days('Enter a number of days from 7 to 180'),
})
export interface ThresholdInput {
  weeks: string
  answerDays: string
  appealDays: string
}

/** What a council has set, as it is typed. @throws SIGN_IN; NOT_FOUND for all but finance */
export async function readThreshold(deps: Pick<Deps, 'db'>, actor: Actor): Promise<ThresholdInput> {
  const { councilIds } = requireStaff(actor, 'money.read')
  const set = await deps.db.prisma.councilMoney.findFirst({ where: { councilId: { in: councilIds } } })
  return {
    weeks: set?.surplusWeeks ? String(set.surplusWeeks) : '',
    answerDays: String(set?.answerDays ?? 28),
    appealDays: String(set?.appealDays ?? 28),
  }
}

/**
 * From how many weeks' worth of money in a fund the council asks about it; empty: it does not ask.
 * @throws SIGN_IN; NOT_FOUND for all but finance; ZodError beside fields
 */
export async function setThreshold(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: ThresholdInput,
): Promise<void> {
  const { actor: staff, councilIds } = requireStaff(actor, 'money.work')
  const { weeks, answerDays, appealDays } = schema.parse(input)
  const now = deps.clock.now()
  const [councilId = ''] = councilIds
  await deps.db.tx(async (tx) => {
    const data = { surplusWeeks: weeks, answerDays, appealDays, updatedAt: toDate(now) }
    await tx.councilMoney.upsert({ where: { councilId }, create: { councilId, ...data }, update: data })
    await recordAudit(tx, now, staff, {
      action: 'surplus.threshold_set',
      subjectType: 'council',
      subjectId: councilId,
      facts: { weeks, answerDays, appealDays },
    })
  })
}
