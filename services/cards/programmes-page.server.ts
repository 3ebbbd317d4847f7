import { councilInView } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { dateColumn, fromDate, londonDate, plainDateOf, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { countOpenItems } from '#services/reconciliation/count-open.server.ts'
import { filesBrought, lastPresses } from './card-history.server.ts'
import { PRESS_REASON_CODES, PRESS_REASONS, councilPressesOf } from './cards.rules.ts'
import { adapterOf } from './load-cards.server.ts'
import { KEPT_FORM } from './mapping.schema.ts'
import { MERCHANT_KINDS } from './merchant-kinds.rules.ts'
import { programmeWords } from './programme-words.rules.ts'

const MOST = 200

const typed = (amount: number | null): string => (amount === null ? '' : (amount / 100).toFixed(2))

/**
 * A council's card schemes with what is agreed for each, the cards of its people with what finance may do with each, the funds that
 * are held on a card and have none of their own yet, and the files that were taken in.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function programmesPage(
  deps: Pick<Deps, 'db' | 'clock' | 'cards'>,
  given: Actor,
  wanted: { council: string | null },
) {
  const { councilId } = councilInView(given, 'money.work', wanted.council)
  const { prisma } = deps.db
  const today = dateColumn(londonDate(deps.clock.now()))
  const [council, programmes, cards, without] = await Promise.all([
    prisma.council.findUniqueOrThrow({ where: { id: councilId }, select: { id: true, name: true } }),
    prisma.cardProgramme.findMany({ where: { councilId }, orderBy: { createdAt: 'asc' }, take: MOST }),
    prisma.card.findMany({
      where: { programme: { councilId }, state: { in: ['waiting', 'active', 'frozen'] } },
      orderBy: [{ holderName: 'asc' }, { id: 'asc' }],
      take: MOST,
      include: {
        person: { select: { shortName: true, name: true } },
        programme: { select: { name: true, adapter: true } },
        allocation: { select: { stream: { select: { name: true } } } },
      },
    }),
    prisma.allocation.findMany({
      where: {
        deployment: 'direct_payment_card',
        towardsId: null,
        stream: { councilId },
        endsOn: { gte: today },
        movedOn: null,
        // A supporter's card does not stand in for the person's own.
        cards: { none: { supporterUserId: null, state: { in: ['waiting', 'active', 'frozen'] } } },
      },
      orderBy: { id: 'asc' },
      take: MOST,
      include: {
        stream: { select: { name: true } },
        budget: { select: { person: { select: { name: true } } } },
      },
    }),
  ])
  const ids = programmes.map(({ id }) => id)
  const [files, waiting, changed] = await Promise.all([
    filesBrought(prisma, ids),
    countOpenItems(prisma, 'cards', ids),
    lastPresses(
      prisma,
      cards.map(({ id }) => id),
    ),
  ])
  const here = adapterOf(deps)
  return {
    council,
    label: deps.cards.label,
    reasons: PRESS_REASON_CODES.map((code) => ({ code, label: PRESS_REASONS[code].label })),
    files: files.map((file) => ({
      ...file,
      scheme: programmes.find(({ id }) => id === file.programmeId)?.name ?? '',
    })),
    kinds: MERCHANT_KINDS,
    programmes: programmes.map((one) => ({
      id: one.id,
      name: one.name,
      runs: one.adapter === 'file' ? ('file' as const) : ('asks' as const),
      words: programmeWords(one),
      /** Lines of its files that the books do not have. */
      waiting: waiting.get(one.id) ?? 0,
      form: {
        name: one.name,
        allowed: one.allowedMerchants.join(', '),
        blocked: one.blockedMerchants.join(', '),
        because: one.blockedReason,
        atOnce: typed(one.mostAtOncePence),
        aDay: typed(one.mostADayPence),
        aMonth: typed(one.mostAMonthPence),
        cash: one.cashAllowed,
        cashADay: typed(one.mostCashADayPence),
      },
    })),
    cards: cards.map((card) => ({
      id: card.id,
      person: card.person.name,
      holder: card.supporterUserId === null ? null : card.holderName,
      fund: card.allocation.stream.name,
      scheme: card.programme.name,
      last4: card.last4,
      state: card.state,
      /** None for a scheme that somebody else runs: they are rung. */
      presses: card.programme.adapter === here ? councilPressesOf(card.state) : [],
      elsewhere: card.programme.adapter !== here,
      changed: changed.get(card.id) ?? null,
      since: shortDate(londonDate(fromDate(card.createdAt))),
    })),
    without: without.map((fund) => ({
      id: fund.id,
      label: `${fund.budget.person.name}: ${fund.stream.name}, until ${shortDate(plainDateOf(fund.endsOn))}`,
    })),
  }
}

/** The scheme that a file is brought for, with its columns as they were kept. @throws as `programmesPage` */
export async function cardFilePage(deps: Pick<Deps, 'db'>, given: Actor, wanted: { council: string | null }) {
  const { councilId } = councilInView(given, 'money.work', wanted.council)
  const programmes = await deps.db.prisma.cardProgramme.findMany({
    where: { councilId },
    orderBy: { createdAt: 'asc' },
    take: MOST,
    select: { id: true, name: true, adapter: true, fileMapping: true },
  })
  // Those that send files first.
  programmes.sort((a, b) => Number(b.adapter === 'file') - Number(a.adapter === 'file'))
  return {
    councilId,
    programmes: programmes.map(({ id, name }) => ({ id, name })),
    form: KEPT_FORM.parse(programmes[0]?.fileMapping),
  }
}
