import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, longDate, plainDateOf, Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type FundRulesInput, fundRulesSchema } from './fund-rules.schema.ts'
import { previewRules, type RulesNow, type RulesPreview } from './preview-rules.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const reasonsSchema = z.record(z.string(), z.string())
export const TELL_OF_RULES_JOB = 'tell_of_rules'

/** A council's scheme, for its finance staff. @throws SIGN_IN; NOT_FOUND for everybody else */
async function streamFor(tx: Tx, actor: Actor, streamId: string) {
  const stream = isId(streamId) ? await tx.fundingStream.findUnique({ where: { id: streamId } }) : null
  if (!stream?.councilId) throw notFound()
  const staff = requireStaffOf(actor, 'funds.rules', stream.councilId)
  return { stream, staff }
}
type Stream = Awaited<ReturnType<typeof streamFor>>['stream']

const rulesNow = (stream: Stream): RulesNow => ({
  ...stream,
  refusedReasons: reasonsSchema.parse(stream.refusedReasons),
  expiresOn: stream.expiresOn ? plainDateOf(stream.expiresOn).toString() : null,
})

/**
 * The schemes of a council, each with what it can buy.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function fundsPage(deps: Needs, actor: Actor) {
  const { councilIds } = requireStaff(actor, 'funds.rules')
  const streams = await deps.db.prisma.fundingStream.findMany({
    where: { councilId: { in: councilIds } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: {
      council: { select: { name: true } },
      _count: {
        select: { allocations: { where: { endsOn: { gte: dateColumn(londonDate(deps.clock.now())) } } } },
      },
    },
    take: 200,
  })
  return {
    funds: streams.map((stream) => ({
      id: stream.id,
      name: stream.name,
      council: stream.council?.name ?? '',
      canBuy: stream.canBuy,
      running: stream._count.allocations,
      changed: stream.rulesRound,
    })),
  }
}

/** One scheme's rules as they stand. @throws as fundsPage */
export async function fundRulesPage(deps: Needs, actor: Actor, streamId: string) {
  const { prisma } = deps.db
  const { stream } = await streamFor(prisma, actor, streamId)
  const categories = await prisma.category.findMany({ orderBy: { position: 'asc' }, take: 100 })
  const only = stream.allowedCategories.length > 0
  return {
    id: stream.id,
    name: stream.name,
    funder: stream.funder,
    categories: categories.map(({ code, name }) => ({ code, name })),
    rules: {
      canBuy: stream.canBuy,
      list: only ? ('only' as const) : ('except' as const),
      categories: only
        ? stream.allowedCategories.filter((code) => !stream.refusedCategories.includes(code))
        : stream.refusedCategories,
      refusalReason: stream.refusalReason,
      reasons: reasonsSchema.parse(stream.refusedReasons),
      accreditedOnly: stream.accreditedOnly,
      councilOnly: stream.area === 'council',
      ceilingPence: stream.unitCeilingPence,
      expiresOn: stream.expiresOn ? plainDateOf(stream.expiresOn).toString() : '',
      carryOver: stream.carryOver,
      receipts: stream.receipts,
      receiptsOverPence: stream.receiptsOverPence,
    },
    round: stream.rulesRound,
  }
}

async function readRules(tx: Tx, now: Temporal.Instant, actor: Actor, streamId: string, input: unknown) {
  const { stream, staff } = await streamFor(tx, actor, streamId)
  const rules = fundRulesSchema.parse(input)
  const known = new Set(
    (await tx.category.findMany({ select: { code: true }, take: 200 })).map(({ code }) => code),
  )
  const wrong = [...rules.categories, ...Object.keys(rules.reasons)].some((code) => !known.has(code))
  if (wrong)
    throw new DomainError('INVALID', 'Choose kinds of support from the list.', {
      fields: { categories: ['Choose kinds of support from the list'] },
    })
  if (rules.expiresOn && londonDate(now).until(Temporal.PlainDate.from(rules.expiresOn)).days < 0)
    throw new DomainError('INVALID', 'The last day is over.', {
      fields: { expiresOn: ['Enter today or a day to come'] },
    })
  return { stream, staff, rules }
}

/**
 * What a change of rules would refuse of what people book now; nothing is changed.
 * @throws as changeFundRules
 */
export async function checkFundRules(
  deps: Needs,
  actor: Actor,
  streamId: string,
  input: unknown,
): Promise<RulesPreview> {
  const now = deps.clock.now()
  const { stream, rules } = await readRules(deps.db.prisma, now, actor, streamId, input)
  return previewRules(deps.db.prisma, now, stream.id, rulesNow(stream), rules)
}

/**
 * Changes the rules of a scheme from now on. What is agreed stands; who has such a fund is told.
 * @param round as the page was opened with: somebody else's change in between is not overwritten
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; ZodError, INVALID beside fields; STALE_STATE
 */
export async function changeFundRules(
  deps: Needs,
  actor: Actor,
  streamId: string,
  round: number,
  input: FundRulesInput,
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { stream, staff, rules } = await readRules(tx, now, actor, streamId, input)
    const changed = await tx.fundingStream.updateMany({
      where: { id: stream.id, rulesRound: round },
      data: {
        canBuy: rules.canBuy,
        allowedCategories: rules.list === 'only' ? rules.categories : [],
        refusedCategories: rules.list === 'except' ? rules.categories : [],
        refusalReason: rules.refusalReason,
        refusedReasons: rules.reasons,
        accreditedOnly: rules.accreditedOnly,
        area: rules.councilOnly ? 'council' : 'anywhere',
        unitCeilingPence: rules.ceiling,
        expiresOn: rules.expiresOn ? dateColumn(Temporal.PlainDate.from(rules.expiresOn)) : null,
        carryOver: rules.carryOver,
        receipts: rules.receipts,
        receiptsOverPence: rules.receipts === 'over' ? rules.receiptsOver : null,
        rulesRound: { increment: 1 },
      },
    })
    if (changed.count !== 1)
      throw new DomainError(
        'STALE_STATE',
        'Somebody changed these rules meanwhile. Open the page again and look at them first.',
      )
    await recordAudit(tx, now, staff, {
      action: 'fund.rules_changed',
      subjectType: 'funding_stream',
      subjectId: stream.id,
      facts: { round: round + 1, list: rules.list, kinds: rules.categories.length, ceiling: rules.ceiling },
    })
    await addJob(tx, TELL_OF_RULES_JOB, { streamId: stream.id, after: null })
  })
}

const AT_ONCE = 500

/** Job: tells the people who have such a fund that its rules changed, some at a time. */
export async function tellOfRules(
  deps: Needs,
  { streamId, after }: { streamId: string; after: string | null },
): Promise<void> {
  const now = deps.clock.now()
  const stream = await deps.db.prisma.fundingStream.findUnique({ where: { id: streamId } })
  if (!stream) return
  const people = await deps.db.prisma.allocation.findMany({
    where: {
      streamId,
      endsOn: { gte: dateColumn(londonDate(now)) },
      ...(after ? { personId: { gt: after } } : {}),
    },
    distinct: ['personId'],
    orderBy: { personId: 'asc' },
    select: { personId: true },
    take: AT_ONCE,
  })
  const ends = stream.expiresOn ? ` It pays until ${longDate(plainDateOf(stream.expiresOn))}.` : ''
  await deps.db.tx(async (tx) => {
    await tell(
      tx,
      now,
      people.map(({ personId }) => ({
        to: { personId },
        kind: 'budget.rules',
        title: `${stream.name}: what it pays for has changed`,
        body: `It can pay for ${stream.canBuy}.${ends} What is agreed already stands.`,
        path: '/my/money',
        subjectId: streamId,
      })),
    )
    const last = people.at(-1)
    if (people.length === AT_ONCE && last)
      await addJob(tx, TELL_OF_RULES_JOB, { streamId, after: last.personId })
  })
}
