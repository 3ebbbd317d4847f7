export interface TalkProps {
  talk: {
    near: string | null
    people: readonly { name: string; href: string; phone: string; place: string | null }[]
  }
}

const dialled = (phone: string): string => phone.replace(/[^\d+]/g, '')

/** Beside every question: somebody to ring instead, and people nearby who know it from their own lives. */
export function Talk({ talk: { near, people } }: TalkProps) {
  return (
    <aside className="side panel stack" aria-labelledby="talk">
      <h2 id="talk">Talk to a person</h2>
      <p>
        Call <a href="tel:+441632960100">01632 960 100</a>, 8am to 8pm, every day. We can go through this with
        you. You can also <a href="/help">reach us in other ways</a>.
      </p>
      {people.length > 0 ? (
        <>
          <p>These groups near {near} are run by people who use support themselves:</p>
          <ul className="plain stack-s">
            {people.map(({ name, href, phone, place }) => (
              <li key={href}>
                <a href={href}>{name}</a>
                {place ? `, ${place}` : ''}
                <br />
                <a href={`tel:${dialled(phone)}`}>
                  <span className="vh">Call {name}: </span>
                  {phone}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {near === null
            ? 'Once you say where you live, we name groups near you that are run by people who use support themselves.'
            : `We know of no group near ${near} that is run by people who use support themselves and has a telephone here.`}
        </p>
      )}
    </aside>
  )
}
