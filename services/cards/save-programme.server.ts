import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { controlsOf } from './cards.rules.ts'
import { programmeSchema } from './cards.schema.ts'
import { adapterOf } from './load-cards.server.ts'

const CONTROLS_JOB = 'set_card_controls'

/**
 * Finance sets up a card scheme, or changes what is agreed for it. The ledger answers by the new rules from the next purchase on;
 * the scheme is told of them afterwards.
 * @returns the programme's id
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; SECOND_STEP; INVALID beside fields
 */
export async function saveProgramme(
  deps: Pick<Deps, 'db' | 'clock' | 'cards'>,
  actor: Actor,
  input: Record<string, unknown> & { councilId: string },
): Promise<string> {
  if (!isId(input.councilId)) throw notFound()
  requireStaffOf(actor, 'money.work', input.councilId)
  requireFreshSecondStep(actor)
  const given = parseInput(programmeSchema, input)
  const now = deps.clock.now()
  const data = {
    name: given.name,
    allowedMerchants: given.allowed,
    blockedMerchants: given.blocked,
    blockedReason: given.because ?? '',
    mostAtOncePence: given.atOnce,
    mostADayPence: given.aDay,
    mostAMonthPence: given.aMonth,
    cashAllowed: given.cash,
    mostCashADayPence: given.cashADay,
  }
  return deps.db.tx(async (tx) => {
    const id = given.programmeId || newId()
    if (given.programmeId) {
      // How Kith hears of purchases is the scheme's own, and stays.
      const { count } = await tx.cardProgramme.updateMany({ where: { id, councilId: given.councilId }, data })
      if (count === 0) throw notFound()
      await addJob(tx, CONTROLS_JOB, { programmeId: id, round: newId() })
    } else
      await tx.cardProgramme.create({
        data: {
          ...data,
          id,
          councilId: given.councilId,
          adapter: given.runs === 'file' ? 'file' : adapterOf(deps),
          createdAt: toDate(now),
        },
        select: { id: true },
      })
    await recordAudit(tx, now, actor, {
      action: given.programmeId ? 'card_programme.changed' : 'card_programme.made',
      subjectType: 'card_programme',
      subjectId: id,
      forPersonId: null,
      facts: { atOnce: given.atOnce, aDay: given.aDay, aMonth: given.aMonth, cash: given.cash },
    })
    return id
  })
}

const AT_ONCE = 1_000

/** Job: tells the scheme what is agreed now, for each card that works. The round is the key, so that a second try does no harm. */
export async function setCardControls(
  deps: Pick<Deps, 'db' | 'cards' | 'log'>,
  of: { programmeId: string; round: string },
): Promise<void> {
  const programme = await deps.db.prisma.cardProgramme.findUnique({
    where: { id: of.programmeId },
    include: {
      cards: {
        where: { state: { in: ['waiting', 'active', 'frozen'] } },
        orderBy: { id: 'asc' },
        take: AT_ONCE,
        select: { id: true, externalId: true },
      },
    },
  })
  if (programme?.adapter !== adapterOf(deps)) return
  const controls = controlsOf(programme)
  for (const card of programme.cards) {
    const result = await deps.cards.setControls({
      account: null,
      card: card.externalId,
      key: `${card.id}:controls:${of.round}`,
      controls,
    })
    if (result.status === 'unavailable')
      throw new Error('the card scheme did not answer: the job comes again')
    if (result.status === 'missing') deps.log.warn({ cardId: card.id }, 'the scheme does not know a card')
  }
}
