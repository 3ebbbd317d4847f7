/** What employing a personal assistant costs, all in, before somebody decides. Pure; an estimate: the payroll bureau's figures win. */
import { type Pence, ZERO, pence, share, smaller, times, total } from '#services/kernel/money.ts'
import { type EmployerRates, leastHourlyOn } from './rates.ts'

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

/** Least pay for an hour at this age, on a day (ISO). */
export function leastPay(age: Age, day: string): Pence {
  const least = leastHourlyOn(day)
  return pence(least[age === 'under_18' ? 16 : age === 'under_21' ? 18 : 21])
}

const above = (amount: Pence, threshold: number): Pence => pence(Math.max(0, amount - threshold))

/** One week of statutory sick pay for somebody who usually earns this much a week. */
export function sickWeek(usualWeekly: Pence, rates: EmployerRates): Pence {
  if (usualWeekly < rates.sickFromWeekly) return ZERO
  return smaller(pence(rates.sickWeekly), share(usualWeekly, rates.sickBps))
}

/** What comes on top of four weeks' pay. */
export interface OnTop {
  nationalInsurance: Pence
  /** What is left of it with the Employment Allowance. */
  nationalInsuranceWithAllowance: Pence
  /** The employer's part, if they are in a pension. */
  pension: Pence
  joins: 'by_law' | 'may_ask' | 'no'
}

/**
 * National Insurance and pension of four weeks' pay, against four times the weekly thresholds, as a four-weekly payroll works them out
 * (HMRC, CWG2; The Pensions Regulator, earnings thresholds).
 */
export function onTopOf(pay: Pence, age: Age, rates: EmployerRates): OnTop {
  const young = age === 'under_18' || age === 'under_21'
  const from = (young ? rates.under21FromWeekly : rates.insuranceFromWeekly) * WEEKS
  const nationalInsurance = share(above(pay, from), rates.insuranceBps)
  // The allowance is for a year of 13 such periods.
  const allowance = times(pence(rates.allowanceYearly), WEEKS, 52)
  const banded = above(smaller(pay, pence(rates.pensionUntilWeekly * WEEKS)), rates.pensionFromWeekly * WEEKS)
  const byLaw = age === 'adult' && pay > rates.pensionTriggerWeekly * WEEKS
  return {
    nationalInsurance,
    nationalInsuranceWithAllowance: above(nationalInsurance, allowance),
    pension: share(banded, rates.pensionBps),
    joins: byLaw ? 'by_law' : banded > 0 ? 'may_ask' : 'no',
  }
}

/** Costs of four weeks in which the agreed hours are worked. */
export function employmentCost(input: Employment, rates: EmployerRates): EmploymentCost {
  const wages = times(input.hourly, input.minutesAWeek * WEEKS, 60)
  const onTop = onTopOf(wages, input.age, rates)
  const pension = onTop.joins === 'by_law' ? onTop.pension : ZERO
  const insurance = times(input.insuranceAYear, WEEKS, 52)
  const rest = [wages, pension, input.fee, insurance]
  return {
    wages,
    nationalInsurance: onTop.nationalInsurance,
    nationalInsuranceWithAllowance: onTop.nationalInsuranceWithAllowance,
    pension,
    fee: input.fee,
    insurance,
    totalWithAllowance: total([...rest, onTop.nationalInsuranceWithAllowance]),
    totalWithout: total([...rest, onTop.nationalInsurance]),
    joins: onTop.joins,
    pensionIfAsked: onTop.joins === 'may_ask' ? onTop.pension : ZERO,
    // 5.6 of 52 weeks.
    holidayCover: times(wages, 56, 520),
    sickWeek: sickWeek(times(wages, 1, WEEKS), rates),
  }
}
