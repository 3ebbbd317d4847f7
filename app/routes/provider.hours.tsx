import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { hoursPage } from '#services/availability/hours-page.server.ts'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Your hours – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => hoursPage(deps, actor, url.searchParams.get('org')))

export default function Hours() {
  const { provider, services } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Your hours</h1>
        <p className="lead">
          When people can have what {provider.name} offers. A change counts at once for new bookings.
        </p>
      </header>
      {services.length === 0 ? (
        <Empty title="No services yet" level={2}>
          <p>
            Hours belong to a service.{' '}
            <a href={`/provider/services/new?org=${provider.id}`}>List one first</a>
          </p>
        </Empty>
      ) : (
        <ul className="plain stack-l">
          {services.map((service) => (
            <li key={service.id}>
              <Card>
                <h2>{service.title}</h2>
                {service.week.length === 0 ? (
                  <p>No hours yet.</p>
                ) : (
                  <ul>
                    {service.week.map((words) => (
                      <li key={words}>{words}</li>
                    ))}
                  </ul>
                )}
                {service.different > 0 ? (
                  <p>
                    {service.different === 1
                      ? 'One day ahead differs.'
                      : `${String(service.different)} days ahead differ.`}
                  </p>
                ) : null}
                <p>
                  <a href={`/provider/services/${service.id}/hours`}>
                    Change the hours<span className="vh"> of {service.title}</span>
                  </a>
                </p>
              </Card>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
