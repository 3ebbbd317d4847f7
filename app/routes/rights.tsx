import type { MetaFunction } from '@remix-run/node'

export const meta: MetaFunction = () => [{ title: 'Your rights – Kith' }]

interface Right {
  id: string
  title: string
  lines: readonly string[]
}

const RIGHTS: readonly Right[] = [
  {
    id: 'ask',
    title: 'You can ask for an assessment',
    lines: [
      'Anybody who may need care or support can ask their council for an assessment.',
      'So can anybody who cares for somebody.',
      'It is free. How much money you have does not matter for asking.',
      'You can fill in a part yourself first. You can have somebody with you.',
    ],
  },
  {
    id: 'know',
    title: 'You can know what money there is',
    lines: [
      'If the council must meet your needs, it must tell you how much that costs.',
      'This is your personal budget. It must be enough for the needs in your plan.',
      'You are told what you pay towards it, and how that was worked out.',
    ],
  },
  {
    id: 'hold',
    title: 'You can choose how the money is held',
    lines: [
      'The council can arrange the support.',
      'You can have it paid to you: to a bank account or on a card.',
      'Somebody else can hold it for you: a provider, an organisation, or a person you choose.',
      'You can mix these. None is better than another. You can change your mind.',
      'The council may only say no to paying you directly for a reason that the law gives. It must tell you the reason.',
    ],
  },
  {
    id: 'plan',
    title: 'It is your plan',
    lines: [
      'You say what matters and what you want to be able to do.',
      'Support does not have to be a service. It has to meet your needs.',
      'The plan is looked at again each year, and whenever you ask because something has changed.',
    ],
  },
  {
    id: 'side',
    title: 'You can have somebody on your side',
    lines: [
      'If it is hard for you to take part, and nobody suitable can help you, the council must find you an independent advocate.',
      'You can choose supporters here and say what they may do, and until when.',
      'If you cannot make a decision, even with support, it must be made in your best interests, with what you want in mind.',
    ],
  },
  {
    id: 'no',
    title: 'You can say no, and you can complain',
    lines: [
      'Tell the provider first if you can. They must answer.',
      'If the council arranged the support, you can complain to the council.',
      'If you are not content with the answer, the Local Government and Social Care Ombudsman can look at it, free. For NHS money it is the Parliamentary and Health Service Ombudsman.',
      'Complaining must not make your support worse.',
    ],
  },
  {
    id: 'safe',
    title: 'You can be safe and take risks',
    lines: [
      'You can choose things that have a risk. We warn. We do not stop you.',
      'If somebody hurts you, takes from you or does not care for you, that is abuse. You can tell the adult safeguarding team.',
      'They ask what you want to happen.',
    ],
  },
  {
    id: 'information',
    title: 'Your information is yours',
    lines: [
      'You can see what is kept about you, have mistakes put right, and take it with you.',
      'You can ask who has looked at it.',
    ],
  },
]

export default function Rights() {
  return (
    <div className="flow">
      <header className="stack">
        <h1>Your rights</h1>
        <p className="lead">Short sentences, one thing at a time. This is about adults in England.</p>
        <nav aria-label="On this page">
          <ul className="chips">
            {RIGHTS.map(({ id, title }) => (
              <li key={id}>
                <a className="chip" href={`#${id}`}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <div className="grid grid-2">
        {RIGHTS.map(({ id, title, lines }) => (
          <section key={id} className="card stack" aria-labelledby={id}>
            <h2 id={id}>{title}</h2>
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {id === 'safe' ? (
              <p className="go">
                <a href="/concern">Raise a concern</a>
              </p>
            ) : null}
            {id === 'side' ? (
              <p className="go">
                <a href="/find?category=advocacy">Find an advocate</a>
              </p>
            ) : null}
            {id === 'information' ? (
              <p className="go">
                <a href="/privacy">What we keep, and who sees it</a>
              </p>
            ) : null}
          </section>
        ))}
      </div>
      <section className="notice plain-note" aria-labelledby="law">
        <h2 id="law">Where this comes from</h2>
        <p>
          Mostly the Care Act 2014 and its regulations, the Mental Capacity Act 2005 and the UK GDPR. This
          page explains; it is not legal advice. For advice about your own case, ask{' '}
          <a href="/find?category=advice_and_information">an advice service</a> or{' '}
          <a href="/help">talk to a person</a>.
        </p>
      </section>
    </div>
  )
}
