import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type CsvCell, csvFile, csvNumber } from '#services/kernel/csv.ts'
import { type Temporal, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { ASSUMPTIONS, KINDS, type Kind } from './assumptions.ts'
import { assumptionOn, quarterBefore, quarterOf, quarterWords, savedBy, toldOf } from './hours.rules.ts'
import { answersOfCouncils, sparedOfCouncils } from './read-spared.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const QUARTERS = 4

/** Pieces and minutes; null where fewer than five people are behind it. */
interface Figure {
  count: number
  minutes: number
}
export interface QuarterOfHours {
  key: string
  words: string
  receipts: Figure | null
  invoices: Figure | null
  keyed: Figure | null
  /** What people said themselves: how many, and the sum of their minutes. */
  own: { people: number; minutes: number } | null
}

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  receipt: 'A receipt that a person did not keep',
  invoice: 'An invoice that a provider did not type',
  keyed: 'An invoice that the council did not key in',
}

/**
 * Hours saved among a council's people, of the last four quarters that are over, and what people said of their own. Nothing
 * about fewer than five people.
 * @throws SIGN_IN; NOT_FOUND for all but finance and commissioners
 */
export async function councilHoursPage(deps: Needs, actor: Actor) {
  const { councilIds } = requireStaff(actor, 'hours_saved.read')
  const today = londonDate(deps.clock.now())
  const running = quarterOf(today)
  const from = running.subtract({ months: 3 * QUARTERS })
  const time = { from, until: running }
  const [spared, answers] = await Promise.all([
    sparedOfCouncils(deps.db.prisma, councilIds, time),
    answersOfCouncils(deps.db.prisma, councilIds, time),
  ])
  const quarters: QuarterOfHours[] = []
  for (
    let first: Temporal.PlainDate = quarterBefore(running);
    first.since(from).sign >= 0;
    first = quarterBefore(first)
  ) {
    const key = first.toString()
    const figure = (kind: Kind): Figure | null => {
      const of = spared.find((one) => one.kind === kind && one.on === key)
      if (!of) return { count: 0, minutes: 0 }
      // Of each piece the largest share is not known: the number of people stands for all.
      const told = toldOf({ people: of.people, minutes: 1, most: 0 })
      return told.hidden ? null : savedBy([of], kind)
    }
    const said = answers.find(({ quarter }) => quarter === key)
    const told = said ? toldOf(said) : null
    quarters.push({
      key,
      words: quarterWords(first),
      receipts: figure('receipt'),
      invoices: figure('invoice'),
      keyed: figure('keyed'),
      own: told && !told.hidden ? { people: told.people, minutes: told.minutes } : null,
    })
  }
  return {
    quarters,
    next: quarterWords(running),
    assumptions: KINDS.flatMap((kind) => {
      const holds = assumptionOn(kind, today.toString(), ASSUMPTIONS)
      return holds
        ? [{ kind, name: KIND_WORDS[kind], minutes: holds.minutes, what: holds.what, source: holds.source }]
        : []
    }),
  }
}

const hours = (minutes: number): CsvCell => csvNumber(Math.round(minutes / 6) / 10)

/** The same as a file, hours to a tenth. @throws as `councilHoursPage` */
export async function councilHoursCsv(deps: Needs, actor: Actor): Promise<{ filename: string; csv: string }> {
  const { quarters } = await councilHoursPage(deps, actor)
  const of = (figure: Figure | null): CsvCell[] =>
    figure ? [csvNumber(figure.count), hours(figure.minutes)] : ['not shown', 'not shown']
  return {
    filename: 'hours-saved.csv',
    csv: csvFile(
      ['Quarter from', 'Receipts not kept', 'Hours', 'Invoices not typed', 'Hours', 'Invoices not keyed in', 'Hours', 'People who said their own hours', 'Their hours'],
      quarters.map((one) => [
        one.key, ...of(one.receipts), ...of(one.invoices), ...of(one.keyed),
        ...(one.own ? [csvNumber(one.own.people), hours(one.own.minutes)] : ['not shown', 'not shown']),
      ]),
    ), // prettier-ignore
  }
}
