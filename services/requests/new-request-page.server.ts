import { personInView, may } from '#services/circle/circle.policy.ts'
import { AUDIENCES, CATEGORIES, SETTINGS, codesOf } from '#services/discovery/vocabulary.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { normalisePostcode } from '#services/kernel/geo.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { USUAL_DAYS_OPEN } from './request.schema.ts'
import { requirePersonMay } from './requests.policy.ts'
import { FUND_CODES, FUND_KINDS } from './words.rules.ts'

interface Option {
  value: string
  label: string
}
const options = (pairs: readonly (readonly [string, string])[]): Option[] =>
  pairs.map(([value, label]) => ({ value, label }))

/** A place in a home is no matter of days and hours. */
const ASKED = CATEGORIES.filter(([code]) => code !== 'care_home')

export interface NewRequestPage {
  /** Made here, so that a second press of the form is the same request. */
  requestId: string
  person: { id: string; shortName: string; self: boolean }
  categories: Option[]
  audiences: Option[]
  settings: Option[]
  funds: Option[]
  /** What the form begins with. */
  values: Record<string, string>
  ticked: { audience: string[]; days: string[]; funds: string[] }
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/**
 * The form that asks for what is not there, filled in as far as it is known: the kind from a search, the first half of
 * the person's own postcode, the kinds of their funds where the reader may see them; or all of an earlier request.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who may neither propose nor book
 */
export async function newRequestPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  from: { category: string | null; again: string | null },
): Promise<NewRequestPage> {
  const personId = personInView(actor)
  requirePersonMay(actor, personId, 'ask')
  const { prisma } = deps.db
  const today = londonDate(deps.clock.now())
  const [person, funds, before] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { shortName: true, postcode: true },
    }),
    may(actor, personId, 'see_money')
      ? prisma.allocation.findMany({
          where: { personId, endsOn: { gte: dateColumn(today) } },
          select: { stream: { select: { kind: true } } },
          take: 50,
        })
      : [],
    from.again && isId(from.again)
      ? prisma.supportRequest.findFirst({ where: { id: from.again, personId } })
      : null,
  ])
  const home = normalisePostcode(person.postcode ?? '')?.split(' ')[0] ?? ''
  const codes: readonly string[] = FUND_CODES
  return {
    requestId: newId(),
    person: {
      id: personId,
      shortName: person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    categories: options(ASKED),
    audiences: options(AUDIENCES),
    settings: [...options(SETTINGS), { value: 'any', label: 'It does not matter' }],
    funds: options(FUND_KINDS),
    values: before
      ? {
          category: before.categoryCode,
          setting: before.setting ?? 'any',
          near: before.outcode,
          from: clock(before.fromMinute),
          until: clock(before.untilMinute),
          repeat: before.repeats ? 'weekly' : 'once',
          minutes: String(before.minutes),
          date: '',
          matters: before.matters,
          open: String(USUAL_DAYS_OPEN),
        }
      : {
          category: codesOf(ASKED).includes(from.category ?? '') ? (from.category ?? '') : '',
          setting: '',
          near: home,
          from: '09:00',
          until: '17:00',
          repeat: 'weekly',
          minutes: '60',
          date: '',
          matters: '',
          open: String(USUAL_DAYS_OPEN),
        },
    ticked: before
      ? { audience: before.audiences, days: before.days.map(String), funds: before.fundKinds }
      : {
          audience: [],
          days: [],
          funds: [...new Set(funds.map(({ stream }) => stream.kind as string))].filter((kind) =>
            codes.includes(kind),
          ),
        },
  }
}
