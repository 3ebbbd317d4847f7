/** Rates of Value Added Tax in the United Kingdom, in basis points. Data with a date: a change is a new row. */
export interface VatRates {
  /** First day, ISO; it holds until the next row's. */
  from: string
  standardBps: number
  reducedBps: number
  sources: { label: string; href: string }[]
}

export const VAT_RATES: readonly VatRates[] = [
  {
    from: '2011-01-04',
    standardBps: 2_000,
    reducedBps: 500,
    sources: [
      {
        label: 'Value Added Tax Act 1994, section 2 (20 %) and section 29A (5 %)',
        href: 'https://www.legislation.gov.uk/ukpga/1994/23/section/2',
      },
      { label: 'VAT rates', href: 'https://www.gov.uk/vat-rates' },
    ],
  },
]

/** Where the rules stand that the suggestions follow. They are suggestions: the supplier answers for their own VAT. */
export const VAT_GUIDANCE: readonly { label: string; href: string }[] = [
  {
    label: 'Welfare services and goods (VAT Notice 701/2)',
    href: 'https://www.gov.uk/guidance/welfare-services-and-goods-notice-7012',
  },
  {
    label: 'Health professionals and pharmaceutical products (VAT Notice 701/57)',
    href: 'https://www.gov.uk/guidance/health-professionals-pharmaceutical-products-and-vat-notice-70157',
  },
  {
    label: 'VAT: record keeping and invoices (VAT guide, Notice 700)',
    href: 'https://www.gov.uk/guidance/vat-guide-notice-700',
  },
]
