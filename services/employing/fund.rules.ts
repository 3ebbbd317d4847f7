/** What a fund gives, and whether it may pay for somebody who is employed. Pure. */
import { type Pence, pence, times } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'

export interface FundMoney {
  cadence: 'once' | 'weekly' | 'four_weekly' | 'monthly'
  instalmentPence: number
  agreedPence: number
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
}

/** What a fund gives for four weeks: by its payments, or, when it came all at once, by its length. */
export function fourWeeksOf(fund: FundMoney): Pence {
  const instalment = pence(fund.instalmentPence)
  switch (fund.cadence) {
    case 'four_weekly':
      return instalment
    case 'weekly':
      return times(instalment, 4)
    case 'monthly':
      return times(instalment, 12, 13)
    case 'once': {
      const days = fund.startsOn.until(fund.endsOn).days + 1
      return days <= 28 ? pence(fund.agreedPence) : times(pence(fund.agreedPence), 28, days)
    }
  }
}

export interface FundRules {
  name: string
  funder: string
  canBuy: string
  allowedCategories: readonly string[]
  refusedCategories: readonly string[]
  refusalReason: string
}

/** Why this fund cannot pay for somebody who is employed: its rule, and what it can buy instead. Null when it can. */
export function fundRefuses(fund: FundRules): string | null {
  const refused =
    fund.refusedCategories.includes('personal_assistant') ||
    (fund.allowedCategories.length > 0 && !fund.allowedCategories.includes('personal_assistant'))
  if (!refused) return null
  const why = fund.refusalReason ? ` ${fund.refusalReason.replace(/\.?$/, '.')}` : ''
  return `${fund.name} is not for employing somebody: that is a rule of ${fund.funder}.${why} It can pay for ${fund.canBuy.replace(/\.$/, '')}.`
}
