import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilPackPage } from '#services/audit-packs/pack-page.server.ts'
import { Looked, Pack, PackFiles } from '~/components/audit/pack.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { periodOf } from '~/http/period.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Audit of a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    councilPackPage(
      deps,
      actor,
      { allocationId: params['allocationId'] ?? '', openingId: params['openingId'] ?? '' },
      periodOf(url),
    ),
  )

export default function CouncilPack() {
  const page = useLoaderData<typeof loader>()
  const path = `/council/money/audit/${page.allocationId}/${page.openingId}`
  return (
    <div className="stack-l">
      <BackLink href="/council/money/audit">Audit of a fund</BackLink>
      <header className="stack-s">
        <h1>
          {page.person.name}: {page.fund}
        </h1>
        <p className="lead">From grant to spend, {page.period.words}.</p>
        <PackFiles page={page} path={path} />
      </header>
      <Pack
        page={page}
        path={path}
        you={page.person.name}
        documentHref={({ kind, id }) =>
          kind === 'invoice' ? `${path}/invoices/${id}/invoice.pdf` : `/council/purchases/evidence/${id}`
        }
      />
      <Looked openings={page.openings} none="Nobody has." />
    </div>
  )
}
