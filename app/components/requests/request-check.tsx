import { Button } from '../button/button.tsx'
import { HiddenFields } from '../forms/hidden-fields.tsx'
import { Notice } from '../notice/notice.tsx'
import { type NeedsInWords, NeedsList } from './needs-list.tsx'

/** As a provider will read it, before it is published. Both presses carry all that was typed. */
export function RequestCheck({
  words,
  until,
  values,
}: {
  words: NeedsInWords
  until: string
  values: Readonly<Record<string, string | string[]>>
}) {
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Check before you ask</h1>
        <p className="lead">This is all that providers see. They can answer until {until}.</p>
      </header>
      <NeedsList words={words} />
      <Notice title="What happens when you ask" level={2}>
        <ul>
          <li>Up to 30 providers near there who offer this are told. They learn no name and no address.</li>
          <li>They answer with offers. You see them side by side, with the price in all.</li>
          <li>Nothing is booked and nothing is paid until you take an offer.</li>
        </ul>
      </Notice>
      <form method="post" className="row">
        <HiddenFields values={values} />
        <Button size="big" name="intent" value="ask">
          Ask for this support
        </Button>
        <Button kind="second" name="intent" value="change">
          Change something
        </Button>
      </form>
    </div>
  )
}
