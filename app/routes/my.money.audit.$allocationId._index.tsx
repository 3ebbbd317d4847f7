import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { personPackPage } from '#services/audit-packs/pack-page.server.ts'
import { Looked, Pack, PackFiles } from '~/components/audit/pack.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { periodOf } from '~/http/period.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Everything about a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) => {
    toCircleWithoutPerson(actor)
    return personPackPage(deps, actor, params['allocationId'] ?? '', periodOf(url))
  })

export default function PersonPack() {
  const page = useLoaderData<typeof loader>()
  const path = `/my/money/audit/${page.allocationId}`
  return (
    <div className="stack-l">
      <BackLink href="/my/money/audit">Everything about a fund</BackLink>
      <header className="stack-s">
        <h1>{page.fund}</h1>
        <p className="lead">
          From what was agreed to what it paid for, {page.period.words}. {page.council} sees the same when it
          looks, and has to say why.
        </p>
        <PackFiles page={page} path={path} />
      </header>
      <Looked
        openings={page.openings}
        none="Nobody has opened it. When somebody does, their reason stands here."
      />
      <Pack
        page={page}
        path={path}
        you={page.self ? null : page.person.shortName}
        documentHref={({ kind, id }) =>
          kind === 'invoice' ? `/invoices/${id}/invoice.pdf` : `/my/money/evidence/${id}`
        }
      />
    </div>
  )
}
