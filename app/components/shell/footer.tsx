/** How to reach a person, raise a concern and get help now: on every page, in the same words. */
export function Footer({ easy }: { easy: string }) {
  return (
    <footer className="foot">
      <div className="wrap">
        <div className="grid grid-3">
          <section className="stack-s" aria-labelledby="foot-talk">
            <h2 id="foot-talk">Talk to a person</h2>
            <p>
              Call <a href="tel:+441632960100">01632 960 100</a>, 8am to 8pm, every day. We can do any of this
              for you on the phone.
            </p>
            <p className="go">
              <a href="/help">Text, British Sign Language or another language</a>
            </p>
          </section>
          <section className="stack-s" aria-labelledby="foot-safe">
            <h2 id="foot-safe">Worried about somebody?</h2>
            <p>You can tell the council’s adult safeguarding team. You do not have to be sure, or sign in.</p>
            <p className="go">
              <a href="/concern">Raise a concern</a>
            </p>
          </section>
          <section className="stack-s" aria-labelledby="foot-now">
            <h2 id="foot-now">Need help now?</h2>
            <p>
              <a href="tel:999">999</a> if a life is in danger. <a href="tel:111">111</a> for health advice.{' '}
              <a href="tel:+441632960199">01632 960 199</a> for council social care at night.
            </p>
          </section>
        </div>
        <p className="fine row-s">
          <a href="/help">Help</a>
          <a href={`${easy}/rights`}>Your rights</a>
          <a href="/employing">What employing somebody costs</a>
          <a href="/accessibility">Accessibility</a>
          <a href="/privacy">Privacy</a>
          <a href="/ranking">How we order results</a>
        </p>
      </div>
    </footer>
  )
}
