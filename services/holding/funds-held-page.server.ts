import { councilsFor } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { dateColumn, londonDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { headOf } from './account-page.server.ts'
import { type Row, agreementRows } from './agreement-words.ts'
import { dayWords } from './caseload.rules.ts'
import { fundOverview } from './fund-overview.server.ts'
import { councilsOfHeld, requireCouncil } from './holding.policy.ts'
import type { agreementSchema } from './holding.schema.ts'
import { agreementSchema as schema } from './holding.schema.ts'
import { HELD } from './paying.rules.ts'
import { readAccount } from './read-account.server.ts'
import { agreedRates } from './save-agreement.server.ts'
import type { z } from 'zod'

type Needs = Pick<Deps, 'db' | 'clock'>
const A_PAGE = 50
const MOST = 2_000

export interface HeldLine {
  allocationId: string
  person: string
  fund: string
  holder: string
  managed: boolean
  open: number
  review: string | null
  reviewOver: boolean
  missing: boolean
}

/**
 * Funds that somebody holds for people of the actor's councils: what is not as agreed first, then what is to be looked at.
 * @throws SIGN_IN; NOT_FOUND for all but advisers and finance
 */
export async function fundsHeldPage(deps: Needs, actor: Actor, query: { page: string | null }) {
  const councilIds = councilsOfHeld(actor)
  const today = londonDate(deps.clock.now())
  const rows = await deps.db.prisma.allocation.findMany({
    where: {
      deployment: { in: [...HELD] },
      holderProviderId: { not: null },
      endsOn: { gte: dateColumn(today) },
      budget: { person: { councilId: { in: councilIds } } },
    },
    orderBy: { id: 'asc' },
    take: MOST,
    select: {
      id: true,
      deployment: true,
      stream: { select: { name: true } },
      holder: { select: { name: true } },
      budget: { select: { person: { select: { name: true } } } },
      agreement: {
        select: { reviewDueOn: true, _count: { select: { breaches: { where: { closedAt: null } } } } },
      },
    },
  })
  const lines = rows
    .map((row): HeldLine => {
      const review = row.agreement?.reviewDueOn ? plainDateOf(row.agreement.reviewDueOn) : null
      return {
        allocationId: row.id,
        person: row.budget.person.name,
        fund: row.stream.name,
        holder: row.holder?.name ?? '',
        managed: row.deployment === 'direct_payment_managed_account',
        open: row.agreement?._count.breaches ?? 0,
        review: dayWords(review),
        reviewOver: review !== null && review.until(today).days > 0,
        missing: row.agreement === null,
      }
    })
    .sort(
      (a, b) =>
        b.open - a.open ||
        Number(b.missing) - Number(a.missing) ||
        Number(b.reviewOver) - Number(a.reviewOver) ||
        (a.person < b.person ? -1 : 1),
    )
  const pages = Math.max(1, Math.ceil(lines.length / A_PAGE))
  const page = Math.min(pages, /^[1-9]\d{0,3}$/.test(query.page ?? '') ? Number(query.page) : 1)
  return {
    total: lines.length,
    open: lines.reduce((sum, line) => sum + line.open, 0),
    missing: lines.filter(({ missing }) => missing).length,
    lines: lines.slice((page - 1) * A_PAGE, page * A_PAGE),
    page,
    pages,
  }
}

/** Held funds of one person, for the page where their council begins. @throws as `fundsHeldPage` for the person's council */
export async function heldFundsOf(deps: Needs, actor: Actor, personId: string) {
  const councilIds = councilsOfHeld(actor)
  const rows = await deps.db.prisma.allocation.findMany({
    where: {
      personId,
      deployment: { in: [...HELD] },
      holderProviderId: { not: null },
      endsOn: { gte: dateColumn(londonDate(deps.clock.now())) },
      budget: { person: { councilId: { in: councilIds } } },
    },
    orderBy: { id: 'asc' },
    take: A_PAGE,
    select: { id: true, stream: { select: { name: true } }, holder: { select: { name: true } } },
  })
  return rows.map((row) => ({
    allocationId: row.id,
    words: `${row.stream.name}, held by ${row.holder?.name ?? ''}`,
  }))
}

/**
 * One held fund for the council: what was agreed, and what was not as agreed. No statement: the audit has a page of its own.
 * @throws SIGN_IN; NOT_FOUND for all but advisers and finance of the person's council
 */
export async function fundHeldPage(deps: Needs, actor: Actor, allocationId: string) {
  const { prisma } = deps.db
  const account = await readAccount(prisma, allocationId)
  requireCouncil(actor, account)
  const { agreement, problem, breaches, standing } = await fundOverview(prisma, account, deps.clock.now())
  // The whole of its money is opened by finance alone, who says why.
  const audits = councilsFor(actor, 'money.read').includes(account.councilId)
  return { ...headOf(account), agreement, problem, breaches, standing, audits }
}

/** What the form of the agreement begins with. @throws as `fundHeldPage` */
export async function agreementPage(deps: Needs, actor: Actor, allocationId: string) {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireCouncil(actor, account)
  const { agreement } = account
  const money = (pence: number | null): string => (pence === null ? '' : (pence / 100).toFixed(2))
  return {
    ...headOf(account),
    written: agreement !== null,
    values: {
      startsOn: agreement?.startsOn ?? account.startsOn.toString(),
      endsOn: agreement?.endsOn ?? '',
      reviewDueOn: agreement?.reviewDueOn?.toString() ?? '',
      insuranceEndsOn: agreement?.insuranceEndsOn?.toString() ?? '',
      fee: agreement && agreement.feeWeeklyPence > 0 ? money(agreement.feeWeeklyPence) : '',
      feeFrom: '',
      feeWords: agreement?.feeWords ?? '',
      mostAtOnce: money(agreement?.mostAtOncePence ?? null),
      terms: agreement?.terms ?? '',
      ownServices: agreement?.ownServices ?? '',
      agreedWords: '',
    } satisfies Record<keyof z.input<typeof agreementSchema>, string>,
  }
}

/**
 * What was typed, as it would read: to check before it is written down. Nothing is changed.
 * @throws as `fundHeldPage`; ZodError and INVALID beside fields
 */
export async function checkAgreement(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  input: Record<string, unknown>,
): Promise<Row[]> {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireCouncil(actor, account)
  const given = schema.parse(input)
  const today = londonDate(deps.clock.now())
  const { rates, from } = agreedRates(account, given, today)
  const before = account.agreement
  const day = (text: string | null) => (text ? plainDateOf(new Date(`${text}T00:00:00Z`)) : null)
  return [
    ...agreementRows(account, {
      id: '',
      startsOn: given.startsOn,
      endsOn: given.endsOn,
      reviewDueOn: day(given.reviewDueOn),
      insuranceEndsOn: day(given.insuranceEndsOn),
      feeRates: rates,
      feeWeeklyPence: rates.at(-1)?.pence ?? 0,
      feeWords: given.feeWords,
      mostAtOncePence: given.mostAtOnce,
      terms: given.terms,
      ownServices: given.ownServices,
      agreedWords: given.agreedWords,
      createdAt: before?.createdAt ?? deps.clock.now(),
      standing: before?.standing ?? false,
      standingSince: before?.standingSince ?? null,
      standingById: null,
      standingAuthorityId: null,
      standingNote: '',
    }),
    ...((given.fee ?? 0) > 0 ? [{ term: 'The fee is so from', value: dayWords(day(from)) ?? '' }] : []),
  ]
}
