/** What employing a personal assistant costs, all in, before somebody decides. Pure; an estimate: the payroll bureau's figures win. */
import { type Pence, ZERO, pence, share, smaller, times, total } from '#services/kernel/money.ts'
import type { EmployerRates } from './rates.ts'

export const AGES = ['under_18', 'under_21', 'twenty_one', 'adult', 'pension_age'] as const
export type Age = (typeof AGES)[number]

export const WEEKS = 4

export interface Employment {
  /** Pay for an hour. */
  hourly: Pence
  minutesAWeek: number
  age: Age
  /** Payroll bureau, for each four weeks. */
  fee: Pence
  /** Employer's liability and public liability insurance, for a year. */
  insuranceAYear: Pence
}

export interface EmploymentCost {
  /** All for four weeks. */
  wages: Pence
  /** Employer's National Insurance: in full, and what is left of it with the Employment Allowance. */
  nationalInsurance: Pence
  nationalInsuranceWithAllowance: Pence
  pension: Pence
  fee: Pence
  insurance: Pence
  totalWithAllowance: Pence
  totalWithout: Pence
  /** They must be put into a pension; they may ask to join; or neither. */
  joins: 'by_law' | 'may_ask' | 'no'
  /** What the pension would cost if somebody who may ask does. */
  pensionIfAsked: Pence
  /** To keep aside each four weeks, so that somebody else can come in 5.6 weeks of holiday a year. */
  holidayCover: Pence
  /** One week of statutory sick pay. */
  sickWeek: Pence
}

/** Least pay for an hour at this age. */
export const leastPay = (age: Age, rates: EmployerRates): Pence =>
  pence(rates.leastHourly[age === 'under_18' ? 16 : age === 'under_21' ? 18 : 21])

const above = (amount: Pence, threshold: number): Pence => pence(Math.max(0, amount - threshold))

/**
 * Costs of four weeks. National Insurance and pension are worked out on four weeks' pay against four times the weekly thresholds, as a
 * four-weekly payroll does (HMRC, CWG2; The Pensions Regulator, earnings thresholds).
 */
export function employmentCost(input: Employment, rates: EmployerRates): EmploymentCost {
  const wages = times(input.hourly, input.minutesAWeek * WEEKS, 60)
  const young = input.age === 'under_18' || input.age === 'under_21'
  const from = (young ? rates.under21FromWeekly : rates.insuranceFromWeekly) * WEEKS
  const nationalInsurance = share(above(wages, from), rates.insuranceBps)
  // The allowance is for a year of 13 such periods.
  const allowance = times(pence(rates.allowanceYearly), WEEKS, 52)
  const banded = above(
    smaller(wages, pence(rates.pensionUntilWeekly * WEEKS)),
    rates.pensionFromWeekly * WEEKS,
  )
  const employerPension = share(banded, rates.pensionBps)
  const byLaw = input.age === 'adult' && wages > rates.pensionTriggerWeekly * WEEKS
  const joins = byLaw ? 'by_law' : banded > 0 ? 'may_ask' : 'no'
  const pension = byLaw ? employerPension : ZERO
  const insurance = times(input.insuranceAYear, WEEKS, 52)
  const rest = [wages, pension, input.fee, insurance]
  const withAllowance = above(nationalInsurance, allowance)
  return {
    wages,
    nationalInsurance,
    nationalInsuranceWithAllowance: withAllowance,
    pension,
    fee: input.fee,
    insurance,
    totalWithAllowance: total([...rest, withAllowance]),
    totalWithout: total([...rest, nationalInsurance]),
    joins,
    pensionIfAsked: joins === 'may_ask' ? employerPension : ZERO,
    holidayCover: times(wages, 56, 520),
    sickWeek: smaller(pence(rates.sickWeekly), share(times(wages, 1, WEEKS), rates.sickBps)),
  }
}
