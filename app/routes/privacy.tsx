import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps }) => ({
    searchedElsewhere: deps.settings.algolia !== null,
    pictures: deps.settings.mapTiles && new URL(deps.settings.mapTiles.origin).host,
  }))

export const meta: MetaFunction = () => [{ title: 'Privacy – Kith' }]

const SEEN = [
  {
    key: 'you',
    who: 'You',
    sees: 'All that is kept about you, who acted for you and when.',
  },
  {
    key: 'supporter',
    who: 'Your supporters',
    sees: 'Only what you, or the law, let each one see: your plan, your money, your visits. It ends on the day it is said to end.',
  },
  {
    key: 'provider',
    who: 'A provider you ask',
    sees: 'Your first name, the place, the times and the note you write to them. Never your budget or your other support.',
  },
  {
    key: 'adviser',
    who: 'Your council’s advisers and finance staff',
    sees: 'Your plan, your funds and what they paid for. Each look is recorded.',
  },
  {
    key: 'commissioner',
    who: 'Those who plan the market',
    sees: 'Totals without names. Counts from 1 to 4 are hidden.',
  },
  {
    key: 'safeguarding',
    who: 'The adult safeguarding team',
    sees: 'Concerns that were raised, and nobody else sees those.',
  },
  { key: 'others', who: 'Anybody else', sees: 'Nothing. We sell nothing and show no adverts.' },
]

export default function Privacy() {
  const { pictures, searchedElsewhere } = useLoaderData<typeof loader>()
  return (
    <div className="flow">
      <header className="stack">
        <h1>Privacy</h1>
        <p className="lead">
          What you look for here can say a lot about your health. So as little of it as possible is kept, and
          as few as possible learn of it.
        </p>
      </header>
      <section className="stack" aria-labelledby="who">
        <h2 id="who">Who sees what</h2>
        <DataTable
          caption="Who sees what about you"
          hideCaption
          columns={[
            { key: 'who', label: 'Who' },
            { key: 'sees', label: 'What they see' },
          ]}
          rows={SEEN.map(({ key, who, sees }) => ({ key, cells: { who, sees } }))}
        />
      </section>
      <section className="stack" aria-labelledby="search">
        <h2 id="search">When you search</h2>
        <p>
          We keep that somebody looked for a kind of support in an area, and how much was found. We do not
          keep who, what words they used, or the full postcode. That is how councils learn what is missing.
        </p>
        {searchedElsewhere ? (
          <p>
            A company that makes search, Algolia, finds the results for us. Our computers ask theirs; yours
            never does. It is told the words that say what support you look for, not the rest of your
            sentence; the filters you chose; and a place, to about a kilometre. It is told nothing of who
            asks: no name, no account, no address of your connection. We have switched its own counting of
            searches off. Your words go to no map company or advert company.
          </p>
        ) : (
          <p>Your words go to no search company, map company or advert company.</p>
        )}
        <h3 id="map">The map beside results</h3>
        <p>
          The map is drawn by us, and nobody else learns of it. Support that comes to you is shown about where
          it starts from, to a kilometre, because that may be somebody’s home.
        </p>
        {pictures ? (
          <p>
            If you press “Move around”, your browser fetches pictures of the country from {pictures}.{' '}
            {pictures} then sees the address of your connection (your IP address), what kind of browser you
            have, and what part of the country you look at. It does not see what you look for, which page you
            are on, or who you are. If you do not want that, do not open it: the list and the picture say the
            same.
          </p>
        ) : null}
      </section>
      <section className="stack" aria-labelledby="why">
        <h2 id="why">Why we may keep it, and for how long</h2>
        <ul>
          <li>To arrange support you ask for, and to do what the Care Act asks of your council.</li>
          <li>
            Money: kept for six years after the year it belongs to, because accounts must be. Visits and
            bookings the same.
          </li>
          <li>Sign-in sessions: until you sign out, and 30 days at most without use.</li>
          <li>Health and care information is “special category” data. Only those in the table may see it.</li>
        </ul>
      </section>
      <section className="stack" aria-labelledby="cookies">
        <h2 id="cookies">Cookies</h2>
        <p>
          Kith sets cookies only to keep you signed in, to say once that something worked, to remember the
          colours you chose and whether you hid the map, and, while you are not signed in, which services you
          put on your shortlist and what you answered in “Help me choose” (sealed, for 30 days). They follow
          you nowhere. So there is nothing to agree to.
        </p>
      </section>
      <section className="stack" aria-labelledby="can">
        <h2 id="can">What you can do</h2>
        <p>
          You can see what is kept, have it put right, have a copy to take with you, and in many cases have it
          deleted or its use stopped. Call <a href="tel:+441632960100">01632 960 100</a> or{' '}
          <a href="/help">reach us another way</a>. We answer within a month.
        </p>
        <p>
          If you are not content, you can complain to the Information Commissioner’s Office. Your council is
          the controller of your care records; ask it for its own notice too.
        </p>
      </section>
    </div>
  )
}
