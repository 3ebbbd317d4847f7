import type { MetaFunction } from '@remix-run/node'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Details } from '~/components/details/details.tsx'

export const meta: MetaFunction = () => [{ title: 'Talk to a person – Kith' }]

const QUESTIONS: readonly { asks: string; says: string; leads?: { href: string; words: string } }[] = [
  {
    asks: 'I do not know what would help me',
    says: 'That is a good reason to ring. We listen first. We can look together, or find you somebody independent to plan with. You do not need an assessment to ask. If you would rather begin alone, answer a few questions, one a page.',
    leads: { href: '/choose', words: 'Help me choose' },
  },
  {
    asks: 'I have no e-mail address',
    says: 'You do not need one. We can set you up on the phone, and post you what you need. Somebody you trust can do things here for you, and you always see what they did.',
  },
  {
    asks: 'Nobody came',
    says: 'Ring the provider first: their number is on the visit in your week. If you are not safe on your own, ring council social care, day or night. Then tell us on the visit’s page that nobody came. You pay nothing for a visit that did not happen.',
  },
  {
    asks: 'Something about a visit or a price is wrong',
    says: 'Open the visit in your week and press “Something was different”. Nothing is paid for it until that is settled. We can do this with you on the phone.',
  },
  {
    asks: 'I help somebody. What can I do for them?',
    says: 'They, or their council, say what you may do and until when: see their plan, see their money, book, say that a visit happened. Each page tells you for whom you are acting. They can stop it any day.',
  },
  {
    asks: 'I want to stop, or change my mind',
    says: 'You can stop a request before the provider answers, and everything that was set aside comes back at once. After that the provider’s terms hold. They are on the booking’s page in plain words.',
  },
]

export default function Help() {
  return (
    <div className="split">
      <div className="flow">
        <header className="stack">
          <h1>Talk to a person</h1>
          <p className="lead">
            Call <a href="tel:+441632960100">01632 960 100</a>, 8am to 8pm, every day. We can do any of this
            for you on the phone, and it is recorded that we did.
          </p>
        </header>
        <section className="stack" aria-labelledby="ways">
          <h2 id="ways">Other ways to reach us</h2>
          <SummaryList
            rows={[
              {
                term: 'By text',
                value: (
                  <>
                    Text your name and “call me” to <a href="sms:+441632960101">01632 960 101</a>. We ring you
                    back.
                  </>
                ),
              },
              {
                term: 'If you cannot hear or speak on the phone',
                value: (
                  <>
                    Dial <strong className="num">18001 01632 960 100</strong> with a text relay app.
                  </>
                ),
              },
              {
                term: 'British Sign Language',
                value: 'Ask for a video call. An interpreter joins us, free.',
              },
              {
                term: 'Another language',
                value:
                  'Say the name of your language when we answer. We ring an interpreter and stay with you.',
              },
              {
                term: 'In writing',
                value: 'Ask for any page in large print, Easy Read, audio or braille. We post it, free.',
              },
              {
                term: 'Somebody on your side',
                value: (
                  <>
                    An advocate helps you say what you want.{' '}
                    <a href="/find?category=advocacy">Find an advocate</a> or{' '}
                    <a href="/find?category=brokerage_and_planning">somebody to plan with</a>.
                  </>
                ),
              },
            ]}
          />
        </section>
        <section className="stack" aria-labelledby="asked">
          <h2 id="asked">What people often ask</h2>
          <div>
            {QUESTIONS.map(({ asks, says, leads }) => (
              <Details key={asks} kind="box" summary={asks}>
                <p>{says}</p>
                {leads ? (
                  <p className="go">
                    <a href={leads.href}>{leads.words}</a>
                  </p>
                ) : null}
              </Details>
            ))}
          </div>
        </section>
      </div>
      <aside className="side stack-l" aria-label="Urgent help">
        <section className="notice stop" aria-labelledby="cannot-wait">
          <h2 id="cannot-wait">If it cannot wait</h2>
          <p>
            <a href="tel:999">999</a> if a life is in danger.
          </p>
          <p>
            <a href="tel:111">111</a> for health advice.
          </p>
          <p>
            <a href="tel:+441632960199">01632 960 199</a> for council social care at night and at weekends.
          </p>
        </section>
        <section className="panel stack-s" aria-labelledby="safe">
          <h2 id="safe">If somebody may not be safe</h2>
          <p>You do not have to be sure, or sign in, or say who you are.</p>
          <p className="go">
            <a href="/concern">Raise a concern</a>
          </p>
        </section>
      </aside>
    </div>
  )
}
