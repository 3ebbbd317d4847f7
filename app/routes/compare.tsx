import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { comparePage } from '#services/shortlist/compare-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { CompareTable } from '~/components/compare/compare-table.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { run } from '~/http/run.server.ts'
import { inBrowser } from '~/http/shortlist.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Compare support – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const page = await comparePage(deps, actor, url.searchParams, inBrowser(request))
    return data(page, { status: page.problems.length > 0 ? 400 : 200 })
  })

type Page = Awaited<ReturnType<typeof comparePage>>

export default function Compare() {
  const page = useLoaderData<typeof loader>()
  const { columns } = page
  return (
    <div className="stack-l">
      <BackLink href="/shortlist">My shortlist</BackLink>
      <header className="stack narrow">
        <h1>Compare support</h1>
        <p className="lead">
          {columns.length < 2
            ? `Look at up to ${String(page.most)} services side by side.`
            : 'Nobody can pay to look better here, and we do not say which is best. That depends on what matters to you.'}
        </p>
      </header>
      {page.problems.length > 0 ? (
        <Notice tone="warn" title="Not all of it can be shown" level={2}>
          {page.problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      ) : null}
      {columns.length === 0 ? (
        <Nothing page={page} />
      ) : (
        <>
          {columns.length === 1 ? (
            <p>This is one service by itself. Choose another one, to see them side by side.</p>
          ) : page.summary.length > 0 ? (
            <section className="panel stack-s narrow" aria-labelledby="short">
              <h2 id="short">In short</h2>
              {page.summary.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </section>
          ) : null}
          <Matters page={page} />
          <CompareTable columns={columns} rows={page.rows} />
          <p className="small soft narrow">
            What people say and what the regulator says are two different things. We never add them up. No
            figures are shown before three people have said how it was.
          </p>
          <Others page={page} />
        </>
      )}
    </div>
  )
}

/** What stands in the address already, so that a form keeps it. */
const Hidden = ({ name, values }: { name: string; values: readonly string[] }) => (
  <>
    {values.map((value) => (
      <input key={value} type="hidden" name={name} value={value} />
    ))}
  </>
)

function Matters({ page: { columns, matters, chosenMatters } }: { page: Page }) {
  return (
    <Details summary="What matters to you?" open={chosenMatters.length > 0} className="no-print">
      <form action="/compare" className="stack-s narrow" aria-label="What matters to you">
        <Hidden name="service" values={columns.map(({ slug }) => slug)} />
        <Checkboxes
          key={chosenMatters.join(' ')}
          name="first"
          label="What should come first?"
          hint="What you tick is shown at the top of the table."
          options={matters}
          defaultValue={chosenMatters}
        />
        <Button kind="second" size="small">
          Show this first
        </Button>
      </form>
    </Details>
  )
}

/** Others that are kept, to be put beside these. */
function Others({ page: { kept, columns, chosenMatters, most } }: { page: Page }) {
  if (kept.every(({ chosen }) => chosen)) return null
  return (
    <section className="no-print stack-s narrow" aria-labelledby="others">
      <h2 id="others">Choose others from the shortlist</h2>
      <ChooseForm
        kept={kept}
        matters={chosenMatters}
        most={most}
        key={columns.map(({ slug }) => slug).join(' ')}
      />
    </section>
  )
}

function ChooseForm({
  kept,
  matters,
  most,
}: {
  kept: Page['kept']
  matters: readonly string[]
  most: number
}) {
  return (
    <form action="/compare" className="stack-s" aria-label="Choose what to compare">
      <Hidden name="first" values={matters} />
      <Checkboxes
        name="service"
        label={`Which ones, up to ${String(most)}?`}
        options={kept.map(({ slug, title, provider }) => ({
          value: slug,
          label: provider === title ? title : `${title}, ${provider}`,
        }))}
        defaultValue={kept.filter(({ chosen }) => chosen).map(({ slug }) => slug)}
      />
      <Button>Compare</Button>
    </form>
  )
}

function Nothing({ page: { kept, chosenMatters, most } }: { page: Page }) {
  if (kept.length === 0)
    return (
      <Empty title="There is nothing to compare yet" level={2}>
        <p>Find support and press “Keep” beside what may be right. Then come back here.</p>
        <p>
          <LinkButton href="/find">Find support</LinkButton>
        </p>
      </Empty>
    )
  return (
    <section className="stack-s narrow" aria-labelledby="choose">
      <h2 id="choose">Choose from the shortlist</h2>
      <ChooseForm kept={kept} matters={chosenMatters} most={most} />
    </section>
  )
}
