import { pounds } from '#services/kernel/money.ts'
import { merchantKinds } from './merchant-kinds.rules.ts'

export interface WordedProgramme {
  allowedMerchants: readonly string[]
  blockedMerchants: readonly string[]
  blockedReason: string
  mostAtOncePence: number | null
  mostADayPence: number | null
  mostAMonthPence: number | null
  cashAllowed: boolean
  mostCashADayPence: number | null
}

/** What a card may be used for, one sentence a rule: what works before what does not. */
export function programmeWords(programme: WordedProgramme): string[] {
  const { allowedMerchants: only, blockedMerchants: not, blockedReason: because } = programme
  const limits = [
    [programme.mostAtOncePence, 'at once'],
    [programme.mostADayPence, 'a day'],
    [programme.mostAMonthPence, 'a month'],
  ] as const
  const upTo = limits.flatMap(([amount, words]) => (amount === null ? [] : [`${pounds(amount)} ${words}`]))
  const cash = programme.mostCashADayPence
  return [
    only.length > 0
      ? `Works in these kinds of shop: ${merchantKinds(only)}.`
      : not.length > 0
        ? `Works in every kind of shop but these: ${merchantKinds(not)}.`
        : 'Works in every kind of shop.',
    ...(because ? [`Why: ${because}`] : []),
    upTo.length > 0
      ? `Up to ${upTo.join(', ')}, while there is money in the fund.`
      : 'As long as there is money in the fund.',
    programme.cashAllowed
      ? `Cash can be taken out${cash === null ? '' : `, up to ${pounds(cash)} a day`}.`
      : 'No cash from machines.',
  ]
}
