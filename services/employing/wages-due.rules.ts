/** What a period's hours will cost the fund, before the payroll bureau has worked it out. Pure; its figures win. */
import { type Pence, ZERO, pence, smaller, times, total } from '#services/kernel/money.ts'
import { type Age, onTopOf, sickWeek, WEEKS } from './cost.rules.ts'
import type { Hours } from './hours.rules.ts'
import type { EmployerRates } from './rates.ts'

export interface PaidTerms {
  hourly: Pence
  weeklyMinutes: number
  age: Age
  /** Whether they are in a pension, and whether the Employment Allowance is claimed. */
  pension: boolean
  allowance: boolean
  fee: Pence
}

export interface WagesDue {
  /** Pay for hours worked and on holiday, and sick pay. */
  wages: Pence
  nationalInsurance: Pence
  pension: Pence
  fee: Pence
  total: Pence
}

/** Sick pay for the share of a usual week that was missed, as an estimate; waiting days are the bureau's to count. */
function sickPay(terms: PaidTerms, minutes: number, rates: EmployerRates): Pence {
  if (minutes === 0) return ZERO
  const week = sickWeek(times(terms.hourly, terms.weeklyMinutes, 60), rates)
  return smaller(times(week, minutes, terms.weeklyMinutes), times(week, WEEKS))
}

/** All that the fund pays for these hours of four weeks: wages, National Insurance, pension and the bureau's fee. */
export function wagesDue(terms: PaidTerms, hours: Hours, rates: EmployerRates): WagesDue {
  const wages = total([
    times(terms.hourly, hours.worked + hours.holiday, 60),
    sickPay(terms, hours.sick, rates),
  ])
  const onTop = onTopOf(wages, terms.age, rates)
  const nationalInsurance = terms.allowance ? onTop.nationalInsuranceWithAllowance : onTop.nationalInsurance
  const pension = terms.pension ? onTop.pension : pence(0)
  return {
    wages,
    nationalInsurance,
    pension,
    fee: terms.fee,
    total: total([wages, nationalInsurance, pension, terms.fee]),
  }
}
