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
  /** Least pay for an hour, by the youngest age that it is for. */
  leastHourly: { 21: number; 18: number; 16: number }
  /** Statutory sick pay for a week: this, or this share of usual pay, whichever is less. */
  sickWeekly: number
  sickBps: number
  sources: { label: string; href: string }[]
}

export const RATES: readonly EmployerRates[] = [
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
    sickWeekly: 123_25,
    sickBps: 8000,
    sources: [
      {
        label: 'Rates and thresholds for employers 2026 to 2027',
        href: 'https://www.gov.uk/guidance/rates-and-thresholds-for-employers-2026-to-2027',
      },
      { label: 'Employment Allowance', href: 'https://www.gov.uk/claim-employment-allowance' },
      { label: 'Workplace pensions', href: 'https://www.gov.uk/workplace-pensions' },
      { label: 'Least pay for an hour', href: 'https://www.gov.uk/national-minimum-wage-rates' },
    ],
  },
]

/** The rates of a day; the newest known, and `current` false, when its year is not there. */
export function ratesOn(day: string): { rates: EmployerRates; current: boolean } {
  const found = RATES.find((one) => one.from <= day && day <= one.until)
  const newest = RATES.at(-1)
  if (!newest) throw new Error('no rates')
  return { rates: found ?? newest, current: found !== undefined }
}
