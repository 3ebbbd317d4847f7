import type { ReactNode } from 'react'

const Source = ({ href, children }: { href: string; children: ReactNode }) => <a href={href}>{children}</a>

const MEANINGS: readonly { term: string; means: ReactNode; source: ReactNode }[] = [
  {
    term: 'Index of concentration (HHI)',
    means:
      'The Herfindahl–Hirschman index: each share of spend in per cent, squared, then added up, from nearly 0 (countless small ones) to 10,000 (one has everything). By ultimate owner, companies with one owner are added together first.',
    source: (
      <>
        Lines at 1,000 and 1,800:{' '}
        <Source href="https://www.justice.gov/atr/merger-guidelines/applying-merger-guidelines/guideline-1">
          United States merger guidelines 2023, guideline 1
        </Source>
        . UK policy sets none, so none here is official.
      </>
    ),
  },
  {
    term: 'Size of a provider',
    means:
      'How many people work there, as the provider says: 1 (works alone), 2 to 9 (micro), 10 to 49 (small), 50 to 249 (medium), 250 or more (large).',
    source: (
      <>
        The bands of the government’s{' '}
        <Source href="https://www.gov.uk/government/collections/business-population-estimates">
          business population estimates
        </Source>
        , with those who work alone apart.
      </>
    ),
  },
  {
    term: 'User-led organisation',
    means:
      'The kind that a provider says it is. The badge is shown when a check found that at least 75% of its voting board are people with lived experience.',
    source: (
      <>
        The Department of Health’s design criteria, as told in{' '}
        <Source href="https://www.scie.org.uk/publications/guides/guide36/understanding/how.asp">
          the Social Care Institute for Excellence’s guide 36
        </Source>
        .
      </>
    ),
  },
  {
    term: 'Not shown',
    means:
      'A figure about fewer than 5 people, or of which one person, or one who works alone, is more than 80%. Others are kept back too where the first could be worked out from a total, from another choice of area, support or time, or from the words “1 to 4”.',
    source:
      'Kith’s own rule. Method: Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapter 4; Gusfield, A graph theoretic approach to statistical data security (1988).',
  },
  {
    term: 'Spend',
    means:
      'Pounds that left personal budgets for visits settled in the months named, by the day of settling in London. People’s own money is left out. Only whole months that are over are counted.',
    source: 'Kith’s ledger.',
  },
  {
    term: 'In the person’s own control',
    means:
      'A fund that the person chose to hold as a direct payment (bank account, card, or account managed for them) or an individual service fund. One held by the council or its adviser is never counted as that.',
    source:
      'The ways of holding a budget: Care Act 2014, sections 25 to 33. What counts as control: Kith’s own rule.',
  },
]

/** What the words and numbers of the market's page mean, each in a sentence, with where it comes from. */
export function Definitions() {
  return (
    <section className="section stack" aria-labelledby="meanings">
      <h2 id="meanings">What the words and numbers mean</h2>
      <dl className="meanings stack">
        {MEANINGS.map(({ term, means, source }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{means}</dd>
            <dd className="small">Source: {source}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
