import type { MetaFunction } from '@remix-run/node'
import { Term } from '~/components/details/details.tsx'
import { DataTable } from '~/components/table/data-table.tsx'

export const meta: MetaFunction = () => [{ title: 'How we order results – Kith' }]

const PARTS = [
  {
    key: 'words',
    what: 'Your words',
    how: 'How well the title, the kind of support and the description match what you wrote. Other forms of a word and small slips of the keyboard count too.',
  },
  {
    key: 'distance',
    what: 'Distance',
    how: 'Nearer is higher. Support that comes to you counts if it covers where you are. For support online distance does not count.',
  },
  {
    key: 'fit',
    what: 'Fit',
    how: 'Whether it is for somebody like you, on the days and in the place you asked for, and free soon.',
  },
  {
    key: 'fresh',
    what: 'Freshness',
    how: 'Whether the provider has lately said that the page is still right. After 6 months without that it moves down. After 12 months it is taken off.',
  },
  {
    key: 'experience',
    what: 'Experience',
    how: 'How many of the people who had the visit say that it kept them in control.',
  },
  {
    key: 'turn',
    what: 'A fair turn',
    how: 'New providers, and very small ones, take turns near the top. The turns change each day and are the same for everybody that day.',
  },
]

export default function Ranking() {
  return (
    <div className="flow">
      <header className="stack">
        <h1>How we order results</h1>
        <p className="lead">
          Nobody can pay to be higher up. There is no boost, no advert and no fee for a better place.
        </p>
        <p>
          These are all the things that count when you choose “Best fit”. Each result also says, under “Why is
          this here?”, which of them put it where it is.
        </p>
      </header>
      <DataTable
        caption="What counts, and how"
        columns={[
          { key: 'what', label: 'What counts' },
          { key: 'how', label: 'How' },
        ]}
        rows={PARTS.map(({ key, what, how }) => ({ key, cells: { what, how } }))}
      />
      <section className="stack" aria-labelledby="experience">
        <h2 id="experience">How experience counts</h2>
        <p>
          People who had a visit say, from 1 to 5, whether it kept them in control. A provider with two
          answers cannot be compared with one that has two hundred. So we work out the average as if five more
          people had given the usual score for that kind of support.
        </p>
        <Term asks="The sum, for those who want it">
          With <i>n</i> answers whose sum is <i>s</i>, and <i>m</i> the mean of all answers in the same
          category, the figure is (5 × <i>m</i> + <i>s</i>) ÷ (5 + <i>n</i>). One glowing answer moves a
          provider a little; many good ones move it a lot. We never show this figure. We show how many people
          gave each score, and nothing at all before three people have answered.
        </Term>
        <p>
          Low scores count like high ones. A provider may answer once, and cannot have a score taken away.
        </p>
      </section>
      <section className="stack" aria-labelledby="not">
        <h2 id="not">What does not count</h2>
        <ul>
          <li>Money. Providers pay nothing to be listed and nothing to be moved.</li>
          <li>The regulator’s rating. It stands beside each result. It is not mixed in.</li>
          <li>How often a page is looked at or booked. That would keep the large ones large.</li>
          <li>Who you are, what you booked before, or what you looked for before.</li>
        </ul>
      </section>
      <section className="stack" aria-labelledby="other">
        <h2 id="other">Other orders</h2>
        <p>
          You can choose soonest free, lowest total price or nearest instead. Then only that counts, and best
          fit where two are equal. The total price has travel and fees in it.
        </p>
        <p className="go">
          <a href="/find">Find support</a>
        </p>
      </section>
    </div>
  )
}
