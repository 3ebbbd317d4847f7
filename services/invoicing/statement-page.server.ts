import { type PersonFund, readFunds } from '#services/budgets/read-funds.server.ts'
import { statementLines } from '#services/budgets/statement-lines.server.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { makePdf } from '#services/documents/pdf.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, londonDate, longDate, shortDate } from '#services/kernel/time.ts'
import { type FundPeriod, readPeriod } from '#services/ledger/read-period.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { periodWords } from './periods.rules.ts'
import {
  type FundFigures,
  boundsOf,
  easyLines,
  periodTabs,
  readFrom,
  statementWords,
  sumOf,
} from './statement.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST_LINES = 5_000

export type StatementPage = Awaited<ReturnType<typeof statementPage>>

/**
 * A person's money over four weeks, from the ledger: for each fund what there was, what came in and went out, what is set
 * aside, kept back and left, and every line. It adds up to the penny.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without `see_money`; INVALID for a day that is none or not yet
 */
export async function statementPage(deps: Needs, actor: Actor, from: string | null) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const period = readFrom(from, today)
  const [person, all] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true, addressLine: true, postcode: true },
    }),
    readFunds(prisma, personId, now),
  ])
  const bounds = boundsOf(period)
  const [periods, found] = await Promise.all([
    readPeriod(
      prisma,
      all.map(({ allocation }) => allocation.id),
      bounds.from,
      bounds.until,
    ),
    statementLines(prisma, all, bounds, { moved: true, limit: MOST_LINES, offset: 0 }),
  ])
  const figures = all.flatMap((fund): FundFigures[] => {
    const { allocation } = fund
    // What is paid in belongs to the fund that it goes towards.
    if (all.some((other) => other.allocation.id === allocation.towardsId)) return []
    const ids = all
      .filter((other) => other === fund || other.allocation.towardsId === allocation.id)
      .map((other) => other.allocation.id)
    const of = periods.filter(({ allocationId }) => ids.includes(allocationId))
    const sum = (pick: (one: FundPeriod) => number): number => of.reduce((all, one) => all + pick(one), 0)
    const [setAside, kept, closing] = [
      sum((one) => one.held),
      sum((one) => one.kept),
      sum((one) => one.closing),
    ]
    const figure = {
      id: allocation.id,
      name: nameOf(fund, period.until),
      opening: sum((one) => one.opening),
      in: sum((one) => one.moneyIn),
      out: sum((one) => one.moneyOut),
      closing,
      setAside,
      kept,
      left: closing - setAside - kept,
    }
    return figure.opening === 0 && figure.in === 0 && figure.out === 0 ? [] : [figure]
  })
  const running = bounds.until.epochMilliseconds > now.epochMilliseconds
  const self = !(actor.kind === 'user' && actor.actingFor)
  return {
    person: { ...person, self },
    today: longDate(today),
    from: period.from.toString(),
    words: periodWords(period),
    running,
    sentence: statementWords(period, figures, self ? 'You' : person.shortName),
    tabs: periodTabs(period, today),
    funds: figures,
    total: {
      opening: sumOf(figures, (fund) => fund.opening),
      in: sumOf(figures, (fund) => fund.in),
      out: sumOf(figures, (fund) => fund.out),
      closing: sumOf(figures, (fund) => fund.closing),
      setAside: sumOf(figures, (fund) => fund.setAside),
      kept: sumOf(figures, (fund) => fund.kept),
      left: sumOf(figures, (fund) => fund.left),
    },
    // As on paper: what happened first stands first.
    lines: found.lines.toReversed(),
    easy: easyLines(period, figures, { self, shortName: person.shortName, running }),
  }
}

/** The same scheme may have given a fund before this one. */
const nameOf = ({ allocation, endsOn }: PersonFund, until: Temporal.PlainDate): string =>
  Temporal.PlainDate.compare(endsOn, until) < 0
    ? `${allocation.stream.name}, ended on ${shortDate(endsOn).replace(/^\S+ /, '')}`
    : allocation.stream.name

/** The same as a paper. @throws as statementPage */
export async function statementPdf(
  deps: Needs,
  actor: Actor,
  from: string | null,
): Promise<{ filename: string; pdf: Buffer }> {
  const page = await statementPage(deps, actor, from)
  const { person, total } = page
  const amount = (pence: number | null): string => (pence === null ? '' : pounds(pence))
  const pdf = await makePdf({
    title: `Statement, ${page.words}`,
    author: 'Kith',
    footer: `Statement, ${page.words}`,
    at: deps.clock.now(),
    blocks: [
      {
        kind: 'beside',
        parts: [[person.name, person.addressLine ?? '', person.postcode ?? ''].filter(Boolean)],
      },
      { kind: 'text', text: page.sentence },
      { kind: 'heading', text: 'Each fund' },
      {
        kind: 'table',
        columns: [
          { label: 'Fund', share: 2.6 },
          { label: 'At the start', share: 1.6, align: 'right' },
          { label: 'In', share: 1.5, align: 'right' },
          { label: 'Out', share: 1.5, align: 'right' },
          { label: 'Set aside', share: 1.5, align: 'right' },
          { label: 'Kept back', share: 1.4, align: 'right' },
          { label: 'Left', share: 1.5, align: 'right' },
        ],
        rows: page.funds.map((fund) => [
          fund.name,
          ...[fund.opening, fund.in, fund.out, fund.setAside, fund.kept, fund.left].map(amount),
        ]),
        foot: [
          [
            'In all',
            ...[total.opening, total.in, total.out, total.setAside, total.kept, total.left].map(amount),
          ],
        ],
      },
      { kind: 'heading', text: 'What happened' },
      ...(page.lines.length === 0
        ? [{ kind: 'text' as const, text: 'Nothing came in and nothing went out.' }]
        : [
            {
              kind: 'table' as const,
              columns: [
                { label: 'Date', share: 1.1 },
                { label: 'What', share: 4 },
                { label: 'Fund', share: 2.2 },
                { label: 'Out', share: 1.4, align: 'right' as const },
                { label: 'In', share: 1.4, align: 'right' as const },
              ],
              rows: page.lines.map((line) => [
                line.day,
                line.what,
                line.fund,
                amount(line.out),
                amount(line.in),
              ]),
              foot: [['In all', '', '', amount(total.out), amount(total.in)]],
            },
          ]),
    ],
  })
  // No name in it: a file's name ends up in lists of downloads.
  return { filename: `statement-${page.from}.pdf`, pdf }
}
