import { type Pence, pence, smaller } from '#services/kernel/money.ts'
import type { CardControls, CardDecline } from './cards.ts'

/** Cash by hand and from a machine; ISO 18245. */
const CASH = new Set(['6010', '6011'])
export const isCash = (mcc: string): boolean => CASH.has(mcc)

const shopAllowed = (shops: CardControls['shops'], mcc: string): boolean => {
  if (shops === null) return true
  return 'only' in shops ? shops.only.includes(mcc) : !shops.not.includes(mcc)
}

export interface Spent {
  day: Pence
  month: Pence
}

/** Why a card's own controls decline a purchase, and how much would have passed them; null when they let it through. */
export function controlsRefuse(
  controls: CardControls,
  purchase: { amount: Pence; mcc: string; cash: boolean },
  spent: Spent,
): { reason: CardDecline; upTo: Pence | null } | null {
  const { amount, mcc, cash } = purchase
  if (cash) {
    if (!controls.cash) return { reason: 'cash_not_agreed', upTo: null }
  } else if (!shopAllowed(controls.shops, mcc)) return { reason: 'kind_of_shop', upTo: null }

  const left = (limit: Pence | null, used: Pence): Pence | null =>
    limit === null ? null : pence(Math.max(0, limit - used))
  const period = [left(controls.perDay, spent.day), left(controls.perMonth, spent.month)].filter(
    (room) => room !== null,
  )
  const room = period.length > 0 ? period.reduce(smaller) : null
  const { perPurchase } = controls
  if (perPurchase !== null && amount > perPurchase)
    return { reason: 'over_purchase_limit', upTo: room === null ? perPurchase : smaller(perPurchase, room) }
  if (room !== null && amount > room) return { reason: 'over_period_limit', upTo: room }
  return null
}
