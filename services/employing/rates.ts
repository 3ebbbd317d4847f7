/** What the law asks of an employer in one tax year, in pence. Data with a date: a new year is a new row. */
export interface EmployerRates {
  /** '2026/27' */
  year: string
  /** First and last day, ISO. */
  from: string
  until: string
  /** Employer's National Insurance: share in basis points of what is paid above the threshold for a week. */
  insuranceBps: number
  insuranceFromWeekly: number
  /** Below this weekly pay nothing is owed for somebody under 21. */
  under21FromWeekly: number
  /** Employment Allowance: what comes off a whole year's National Insurance. */
  allowanceYearly: number
  /** Workplace pension: joined by law above the trigger; share of pay between the two limits. */
  pensionTriggerWeekly: number
  pensionFromWeekly: number
  pensionUntilWeekly: number
  pensionBps: number
  /** Least pay for an hour, by the youngest age that it is for; it changes on 1 April, five days before the tax year. */
  leastHourly: { 21: number; 18: number; 16: number }
  leastHourlyFrom: string
  /** Statutory sick pay for a week: this, or this share of usual pay, whichever is less. */
  sickWeekly: number
  sickBps: number
  /** Only for those who usually earn this much a week, and from the day of sickness after so many. */
  sickFromWeekly: number
  sickWaitingDays: number
  sources: { label: string; href: string }[]
}

const source = (label: string, path: string) => ({ label, href: `https://www.gov.uk/${path}` })
const YEARLESS = [
  source('Employment Allowance', 'claim-employment-allowance'),
  source('Workplace pensions', 'workplace-pensions'),
  source('Statutory sick pay', 'statutory-sick-pay'),
  source('Least pay for an hour', 'national-minimum-wage-rates'),
]

export const RATES: readonly EmployerRates[] = [
  {
    year: '2025/26',
    from: '2025-04-06',
    until: '2026-04-05',
    insuranceBps: 1500,
    insuranceFromWeekly: 96_00,
    under21FromWeekly: 967_00,
    allowanceYearly: 10_500_00,
    pensionTriggerWeekly: 192_00,
    pensionFromWeekly: 120_00,
    pensionUntilWeekly: 967_00,
    pensionBps: 300,
    leastHourly: { 21: 12_21, 18: 10_00, 16: 7_55 },
    leastHourlyFrom: '2025-04-01',
    sickWeekly: 118_75,
    sickBps: 10_000,
    sickFromWeekly: 125_00,
    sickWaitingDays: 3,
    sources: [
      source(
        'Rates and thresholds for employers 2025 to 2026',
        'guidance/rates-and-thresholds-for-employers-2025-to-2026',
      ),
      ...YEARLESS,
    ],
  },
  {
    year: '2026/27',
    from: '2026-04-06',
    until: '2027-04-05',
    insuranceBps: 1500,
    insuranceFromWeekly: 96_00,
    under21FromWeekly: 967_00,
    allowanceYearly: 10_500_00,
    pensionTriggerWeekly: 192_00,
    pensionFromWeekly: 120_00,
    pensionUntilWeekly: 967_00,
    pensionBps: 300,
    leastHourly: { 21: 12_71, 18: 10_85, 16: 8_00 },
    leastHourlyFrom: '2026-04-01',
    sickWeekly: 123_25,
    sickBps: 8000,
    // The Employment Rights Act 2025 took the earnings limit and the waiting days away.
    sickFromWeekly: 0,
    sickWaitingDays: 0,
    sources: [
      source(
        'Rates and thresholds for employers 2026 to 2027',
        'guidance/rates-and-thresholds-for-employers-2026-to-2027',
      ),
      ...YEARLESS,
    ],
  },
]

const newest = (): EmployerRates => {
  const last = RATES.at(-1)
  if (!last) throw new Error('no rates')
  return last
}

/** The rates of a day (ISO); the newest known, and `current` false, when its year is not there. */
export function ratesOn(day: string): { rates: EmployerRates; current: boolean } {
  const found = RATES.find((one) => one.from <= day && day <= one.until)
  return { rates: found ?? newest(), current: found !== undefined }
}

/** The least pay for an hour on a day (ISO), by youngest age: the newest that has begun, else the oldest known. */
export function leastHourlyOn(day: string): EmployerRates['leastHourly'] {
  const begun = RATES.findLast((one) => one.leastHourlyFrom <= day)
  return (begun ?? RATES[0] ?? newest()).leastHourly
}
