import type { Period } from './months.rules.ts'
import type { SpendMask } from './spend-mask.rules.ts'
import {
  groupOf,
  grouped,
  inPeriod,
  maySayIn,
  penceOf,
  peopleIn,
  SOLE,
  type ProviderFact,
  type Providers,
  type Spend,
} from './spend.rules.ts'

/** The kinds that the table by kind does not show, added together. */
export const OTHERS = 'others'

/** A piece of the quilt, and a row of the table under it. */
export interface Piece {
  key: string
  /** null for providers added together. */
  provider: ProviderFact | null
  /** Kind of provider, SOLE, or OTHERS for several kinds. */
  group: string
  providers: number
  people: number
  pence: number
}

const ALL = { by: 'all' } as const

/**
 * All spend of a period in pieces that add up to it. An organisation has a piece of its own when its own figures may be
 * told; the rest of its kind is one piece, which may be told too, or more are added to it, smallest first. Sole workers
 * are only ever one piece; kinds that the table by kind hides are one piece.
 */
export function pieces(
  spends: readonly Spend[],
  period: Period,
  providers: Providers,
  mask: Pick<SpendMask, 'mark'>,
): Piece[] {
  const found: Piece[] = []
  const hidden: Spend[] = []
  for (const [group, payments] of grouped(spends, ({ providerId }) => groupOf(providers.get(providerId)))) {
    if (penceOf(inPeriod(payments, period)) === 0) continue
    if (mask.mark(group, ALL) !== 'shown') hidden.push(...payments)
    else if (group === SOLE) found.push(pool(SOLE, SOLE, payments, period))
    else found.push(...piecesOfKind(group, payments, period, providers))
  }
  if (hidden.length > 0) found.push(pool(OTHERS, OTHERS, hidden, period))
  return found.sort((a, b) => b.pence - a.pence || a.key.localeCompare(b.key))
}

function piecesOfKind(
  group: string,
  payments: readonly Spend[],
  period: Period,
  providers: Providers,
): Piece[] {
  const own = [...grouped(payments, ({ providerId }) => providerId)]
    .filter(([, its]) => penceOf(inPeriod(its, period)) > 0)
    .map(([id, its]) => ({
      id,
      its,
      pence: penceOf(inPeriod(its, period)),
      named: maySayIn(its, period, providers),
    }))
    .sort((a, b) => b.pence - a.pence || a.id.localeCompare(b.id))
  const rest = () => own.filter(({ named }) => !named)
  const restMayBeSaid = () =>
    maySayIn(
      rest().flatMap(({ its }) => its),
      period,
      providers,
    )
  // The smallest named one joins the rest, until the rest hides each that is in it. One alone would not be hidden by its kind's name.
  while (rest().length > 0 && (!restMayBeSaid() || rest().length < 2)) {
    const smallest = own.findLast(({ named }) => named)
    if (!smallest) break
    smallest.named = false
  }
  const named = own.flatMap(({ id, its, named: isNamed }): Piece[] => {
    const provider = providers.get(id)
    return isNamed && provider ? [{ ...pool(id, group, its, period), provider }] : []
  })
  const others = rest().flatMap(({ its }) => its)
  return others.length > 0 ? [...named, pool(`other-${group}`, group, others, period)] : named
}

function pool(key: string, group: string, payments: readonly Spend[], period: Period): Piece {
  const now = inPeriod(payments, period)
  return {
    key,
    provider: null,
    group,
    providers: new Set(now.map(({ providerId }) => providerId)).size,
    people: peopleIn(now),
    pence: penceOf(now),
  }
}
