import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { servicesPage } from '#services/catalogue/services-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Card, Who } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { OtherOrganisations } from '~/components/listing/other-organisations.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Your services – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => servicesPage(deps, actor, url.searchParams.get('org')))

export default function Services() {
  const { provider, others, mayEdit, services } = useLoaderData<typeof loader>()
  const published = services.filter((service) => service.state === 'published').length
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Your services</h1>
        <Who id={provider.id} kind={provider.kind} name={<strong>{provider.name}</strong>} />
        <p className="lead">
          {services.length === 0
            ? 'You have not listed anything yet.'
            : `${String(published)} of ${String(services.length)} can be found by people.`}
        </p>
      </header>
      {provider.identityVerified ? null : (
        <Notice title="We check who you are before anything is published" level={2}>
          <p>
            You can write your listings meanwhile.{' '}
            <a href={`/provider/checks?org=${provider.id}`}>See your checks</a>
          </p>
        </Notice>
      )}
      {provider.paused ? (
        <Notice tone="stop" title="New bookings are paused" level={2}>
          <p>The council’s adult safeguarding team has paused new bookings. Agreed support goes on.</p>
        </Notice>
      ) : null}
      {mayEdit ? (
        <p>
          <LinkButton href={`/provider/services/new?org=${provider.id}`} size="big">
            List a service
          </LinkButton>
        </p>
      ) : null}
      {services.length === 0 ? (
        <Empty title="Nothing listed yet" level={2}>
          <p>A listing is about ten minutes of questions. You can stop at any time and go on later.</p>
        </Empty>
      ) : (
        <ul className="plain stack-l">
          {services.map((service) => (
            <li key={service.id}>
              <Card>
                <h2>
                  <a href={`/provider/services/${service.id}`}>{service.title}</a>
                </h2>
                <p>
                  <Tag tone={service.standing.tone}>{service.standing.words}</Tag>
                </p>
                {service.standing.next ? <p>{service.standing.next}</p> : null}
                <p className="soft">
                  {service.category} · {service.setting} · {service.price}
                </p>
                {service.state === 'published' ? (
                  <p className="row-s">
                    <a href={`/services/${service.slug}`}>
                      See it as people do<span className="vh">: {service.title}</span>
                    </a>
                    <span className="small soft">Still right on {service.confirmed}</span>
                  </p>
                ) : null}
              </Card>
            </li>
          ))}
        </ul>
      )}
      <OtherOrganisations others={others} path="/provider/services" />
    </div>
  )
}
