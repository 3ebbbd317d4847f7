import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withoutBudgetPage } from '#services/discovery/without-budget-page.server.ts'
import { askNearMe } from '~/browser/ask-near-me.ts'
import { Button } from '~/components/button/button.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { Chips } from '~/components/navigation/navigation.tsx'
import { NearMe } from '~/components/near-me/near-me.tsx'
import { ResultCard } from '~/components/result-card/result-card.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, url }) => {
    const page = await withoutBudgetPage(deps, url.searchParams)
    return data(page, { status: page.error ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ matches, location }) => [
  ...publicPage(originOf(matches), {
    title: 'Without a budget',
    description: 'What there is near you that costs nothing, and how to ask your council for an assessment.',
    path: '/without-a-budget',
  }),
  // Where somebody looked is nobody's to index.
  ...(location.search === '' ? [] : [{ name: 'robots', content: 'noindex' }]),
]

type Page = Awaited<ReturnType<typeof withoutBudgetPage>>

export default function WithoutABudget() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="flow">
      <header className="stack">
        <h1>Without a budget</h1>
        <p className="lead">
          You can have help now that costs nothing. You can also ask your council what else you have a right
          to. You do not have to do one before the other.
        </p>
        <Chips
          label="On this page"
          chips={[
            { label: 'What is there now', href: '#now' },
            { label: 'Ask for an assessment', href: '#assessment' },
            { label: 'If you look after somebody', href: '#carers' },
            { label: 'What happens then', href: '#then' },
          ]}
        />
      </header>
      <Now page={page} />
      <Assessment council={page.council} />
      <Carers />
      <Then />
    </div>
  )
}

function Now({ page }: { page: Page }) {
  return (
    <section className="stack-l" aria-labelledby="now">
      <h2 id="now" tabIndex={-1}>
        {page.place ? `What is there now near ${page.place}` : 'What is there now'}
      </h2>
      <form className="stack-s" role="search" aria-label="Free support near a place">
        <TextField
          name="near"
          label="Where?"
          hint="A postcode, or a town or ward."
          defaultValue={page.near}
          maxLength={80}
          error={page.error ?? undefined}
        />
        <NearMe field="near" placeOf={askNearMe} />
        <p>
          <Button>Show what is free</Button>
        </p>
      </form>
      {page.kinds.length > 0 ? (
        <Chips
          label="Kinds of free support"
          chips={page.kinds.map(({ name, count, href }) => ({ label: `${name}: ${String(count)}`, href }))}
        />
      ) : null}
      {page.free.length > 0 ? (
        <ul className="plain stack-l">
          {page.free.map(({ key, ...card }) => (
            <ResultCard key={key} level={3} {...card} />
          ))}
        </ul>
      ) : (
        <p>
          {page.error
            ? 'Tell us a place that we know, and we look there.'
            : 'Nothing that is free is listed there yet. Ring us: we know more than is listed.'}
        </p>
      )}
      {page.count > page.free.length ? (
        <p className="go">
          <a href={page.allHref}>All {page.count.toLocaleString('en-GB')} that cost nothing</a>
        </p>
      ) : null}
      <p>
        <a href="/help">Talk it through with a person</a>. You do not need an assessment to ring.
      </p>
    </section>
  )
}

function Assessment({ council }: { council: Page['council'] }) {
  return (
    <section className="card stack" aria-labelledby="assessment">
      <h2 id="assessment" tabIndex={-1}>
        Ask for an assessment
      </h2>
      <p>
        An assessment is a conversation about what you need and what you want to be able to do. Your council
        must offer one to any adult who seems to need care or support.
      </p>
      <ul>
        <li>It is free. How much money you have does not matter for asking.</li>
        <li>You do not need to know the right words. “I need some help” is enough.</li>
        <li>Somebody else may ask for you, if you agree.</li>
        <li>
          You can write down your own answers first. This is called a supported self-assessment: ask for it if
          you would rather begin by yourself.
        </li>
        <li>
          You can have somebody with you. If it is hard for you to take part and nobody can help you, the
          council must <a href="/find?category=advocacy">find you an advocate</a>.
        </li>
        <li>If it cannot wait, say so. The council can help first and assess afterwards.</li>
      </ul>
      {council ? (
        <p>
          <strong>{council.name}</strong>: ring <Phone number={council.phone} />. At night and at weekends,
          when it cannot wait: <Phone number={council.urgentPhone} />.
        </p>
      ) : (
        <p>
          Ring your council and ask for adult social care.{' '}
          <a href="https://www.gov.uk/apply-needs-assessment-social-services" rel="noreferrer">
            GOV.UK finds it by your postcode
          </a>
          .
        </p>
      )}
    </section>
  )
}

function Phone({ number }: { number: string }) {
  return (
    <a className="num" href={`tel:${number.replace(/\s/g, '')}`}>
      {number}
    </a>
  )
}

function Carers() {
  return (
    <section className="card stack" aria-labelledby="carers">
      <h2 id="carers" tabIndex={-1}>
        If you look after somebody
      </h2>
      <ul>
        <li>
          You have a right to an assessment of your own, also when the person you look after wants none.
        </li>
        <li>It does not matter how many hours you do, or whether you live with them.</li>
        <li>It asks whether you are willing and able to go on, and what you would like to do besides.</li>
        <li>Support for you is usually free. Breaks are arranged with the person you look after.</li>
      </ul>
      <p className="go">
        <a href="/find?category=carers_support">Find support for carers</a>
      </p>
    </section>
  )
}

function Then() {
  return (
    <section className="card stack" aria-labelledby="then">
      <h2 id="then" tabIndex={-1}>
        What happens then
      </h2>
      <ol>
        <li>The council tells you in writing which of your needs it must meet.</li>
        <li>It tells you what that costs: your personal budget. It looks at what you can pay towards it.</li>
        <li>
          You plan together what the money is for. You can have it paid to you, or let somebody hold it.
        </li>
        <li>
          If the council does not have to meet your needs, it must tell you why, and what else may help.
        </li>
        <li>If you think that is wrong, you can complain. It must not make anything worse for you.</li>
      </ol>
      <p className="small">
        From the Care Act 2014, sections 9 to 13, 26 and 67, and its statutory guidance. This page explains;
        it is not legal advice.
      </p>
      <p className="go">
        <a href="/rights">All your rights, in short sentences</a>
      </p>
    </section>
  )
}
