import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { run } from '~/http/run.server.ts'
import { keepTheme, readTheme, themeOf } from '~/http/theme.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async () => ({ theme: await themeOf(args.request) }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ request }) => {
    const form = await request.formData()
    const cookie = await keepTheme(readTheme(form.get('theme')))
    return redirect('/accessibility', { headers: { 'Set-Cookie': cookie } })
  })

export const meta: MetaFunction = () => [{ title: 'Accessibility – Kith' }]

export default function Accessibility() {
  const { theme } = useLoaderData<typeof loader>()
  return (
    <div className="flow narrow">
      <header className="stack">
        <h1>Accessibility</h1>
        <p className="lead">
          Kith should work for everybody, on what they have. If a part of it does not work for you, that is
          our fault and we want to know.
        </p>
      </header>
      <section className="stack" aria-labelledby="do">
        <h2 id="do">What you can do here</h2>
        <ul>
          <li>Use everything with a keyboard, a switch, or by voice.</li>
          <li>Make the letters four times as large. Nothing is cut off, and nothing scrolls sideways.</li>
          <li>Use an old phone, or switch scripts off. Every job still works.</li>
          <li>
            Find and choose support in <a href="/easy">Easy Read</a>: short sentences, with pictures.
          </li>
          <li>Read in dark or light, or in the colours you set on your device.</li>
          <li>Listen with a screen reader: headings, fields, tables and pictures have names.</li>
          <li>Print your week, your money and your bookings.</li>
          <li>Have somebody do it for you, or do it with us on the phone.</li>
        </ul>
        <form method="post" className="panel stack" aria-label="Colours">
          <Radios
            name="theme"
            label="Colours"
            options={[
              { value: 'device', label: 'As my device says' },
              { value: 'light', label: 'Always light' },
              { value: 'dark', label: 'Always dark' },
            ]}
            defaultValue={theme ?? 'device'}
          />
          <Button kind="second">Keep this choice</Button>
        </form>
        <p>To change text size or contrast, use the settings of your device or browser. Kith follows them.</p>
      </section>
      <section className="stack" aria-labelledby="tell">
        <h2 id="tell">Tell us what does not work</h2>
        <p>
          Call <a href="tel:+441632960100">01632 960 100</a>, 8am to 8pm, every day, or see{' '}
          <a href="/help">other ways to reach us</a>. Say what you were doing and what you use. We answer
          within five working days. Meanwhile we do the job with you another way, or send the page as large
          print, Easy Read, audio or braille.
        </p>
        <p>
          If you are not content with our answer, the Equality Advisory and Support Service can help you. The
          Equality and Human Rights Commission enforces the rules.
        </p>
      </section>
      <section className="stack" aria-labelledby="stand">
        <h2 id="stand">Where we stand</h2>
        <p>
          We work to the Web Content Accessibility Guidelines 2.2, level AA, as the Public Sector Bodies
          (Websites and Mobile Applications) Accessibility Regulations 2018 ask.
        </p>
        <p>
          Pages are checked by a program each time Kith is changed, in light and dark, on a small and a large
          screen, with scripts and without. Journeys are walked by keyboard. A program finds only some
          problems.
        </p>
        <h3>What we know is not good enough yet</h3>
        <ul>
          <li>It has not been tested by disabled people on this installation.</li>
          <li>It has not been tested by ear with each screen reader, or on each phone.</li>
          <li>
            The map you can move shows where results are, and a screen reader can press its pins. What lies
            where is clear to the eye only. The list says how far away each is.
          </li>
          <li>Pages are in English only. An interpreter is free.</li>
        </ul>
      </section>
    </div>
  )
}
