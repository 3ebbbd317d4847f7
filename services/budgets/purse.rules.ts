/**
 * A fund and what the person pays in towards it are one account at the bank and one card, but two allocations in the books:
 * what is taken is taken from the council's part first, and what comes back comes back to the person's part first. Pure.
 */
import { type Pence, ZERO, pence, smaller, subtract, total } from '#services/kernel/money.ts'
import type { ClearedPart, Part } from '#services/ledger/purchase-templates.rules.ts'

export interface Purse {
  /** The fund itself first. */
  parts: readonly [PursePart, ...PursePart[]]
}
export interface PursePart {
  allocationId: string
  available: Pence
}

/** What can be spent from both together. */
export const leftIn = ({ parts }: Purse): Pence => total(parts.map(({ available }) => available))

/** What each part gives of an amount. What neither has is asked of the fund itself, so that the books refuse it. */
export function takeFrom(purse: Purse, amount: Pence): Part[] {
  let rest = amount
  const parts = purse.parts.map(({ allocationId, available }) => {
    const part = smaller(rest, available)
    rest = subtract(rest, part)
    return { allocationId, amount: part }
  })
  return parts.map((part, at) => (at === 0 ? { ...part, amount: total([part.amount, rest]) } : part))
}

/**
 * What each part pays once it is known what it came to: first what was set aside, in order, so that less than that comes back to the
 * part that was asked last; what it came to more is taken as by `takeFrom`.
 * @param held what is set aside for it by allocation; one that the purse does not know gives that and no more
 */
export function clearFrom(purse: Purse, held: ReadonlyMap<string, Pence>, amount: Pence): ClearedPart[] {
  const ids = [...new Set([...purse.parts.map(({ allocationId }) => allocationId), ...held.keys()])]
  let rest = amount
  const used = ids.map((allocationId) => {
    const part = smaller(rest, held.get(allocationId) ?? ZERO)
    rest = subtract(rest, part)
    return part
  })
  const more = new Map(takeFrom(purse, rest).map((part) => [part.allocationId, part.amount]))
  return ids
    .map((allocationId, at) => ({
      allocationId,
      held: held.get(allocationId) ?? ZERO,
      amount: total([used[at] ?? ZERO, more.get(allocationId) ?? ZERO]),
    }))
    .filter((part) => part.held + part.amount > 0)
}

/**
 * Which part an amount goes back to: the one that was asked last first. What is more than was spent is asked of the first, so that the
 * books refuse it.
 * @param spent what each part has spent on it and not got back, in the order in which it was taken
 */
export function giveBackTo(spent: readonly Part[], amount: Pence): Part[] {
  let rest = amount
  const parts = [...spent].reverse().map((part) => {
    const back = smaller(rest, part.amount)
    rest = subtract(rest, back)
    return { ...part, amount: back }
  })
  return parts
    .reverse()
    .map((part, at) => (at === 0 ? { ...part, amount: pence(part.amount + rest) } : part))
    .filter((part) => part.amount > 0)
}
