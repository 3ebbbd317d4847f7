import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { notFound } from '#services/kernel/errors.ts'
import { FAMILIES } from '~/components/all-examples.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps }) => {
    if (!deps.settings.demo) throw notFound()
    return null
  })

export const meta: MetaFunction = () => [{ title: 'Every part, in every state – Kith' }]

const SURFACES = [
  ['paper', 'page'],
  ['raised', 'cards, fields'],
  ['sage', 'panels'],
  ['sand', 'table heads'],
  ['marigold-soft', 'asked, warn'],
  ['clay-soft', 'stop'],
  ['plum-soft', 'acting for'],
  ['ink', ''],
  ['teal', ''],
  ['clay', ''],
  ['plum', ''],
  ['marigold', ''],
] as const

export default function Design() {
  return (
    <>
      <header className="stack">
        <h1>Every part, in every state</h1>
        <p className="lead">
          What Kith’s pages are made of. Each part is server-drawn and works without script.
        </p>
        <nav aria-label="Parts">
          <ul className="chips">
            {[{ id: 'colour', title: 'Colour and type' }, ...FAMILIES].map(({ id, title }) => (
              <li key={id}>
                <a className="chip" href={`#${id}`}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <section className="section stack" aria-labelledby="colour">
        <h2 id="colour">Colour and type</h2>
        <ul className="swatches plain">
          {SURFACES.map(([name, use]) => (
            <li key={name} className={`sw sw-${name}`}>
              <b>{name.replace('-', ' ')}</b>
              <span className="small">{use}</span>
            </li>
          ))}
        </ul>
        <p className="h-display">Display: Support that fits</p>
        <p className="h-1">Heading 1: Joan’s week</p>
        <p className="h-2">Heading 2: Your funds</p>
        <p className="h-3">Heading 3: Morning help</p>
        <p className="lead">Lead: they will answer by Tuesday 24 November, 5pm.</p>
        <p>
          Body: nineteen pixels, one and a half lines. <a href="#colour">Links are underlined</a>. Money lines
          up: <span className="num">£1,248.00</span>.
        </p>
        <p className="small soft">Small: seventeen pixels, never less.</p>
      </section>
      {FAMILIES.map((family) => (
        <section key={family.id} className="section stack-l" aria-labelledby={family.id}>
          <div className="stack-s">
            <h2 id={family.id}>{family.title}</h2>
            <p>{family.about}</p>
          </div>
          {family.examples.map((example) => (
            <div key={example.name} className="stack-s">
              <h3>{example.name}</h3>
              {example.of}
            </div>
          ))}
        </section>
      ))}
    </>
  )
}
