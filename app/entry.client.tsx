import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'

/**
 * What the loaders answered comes last on the page, and RemixBrowser begins to read it when it is first called; until
 * it has, it throws the promise of it. React would wait, but not when a press comes first: that it answers at once,
 * without the data, throws "Root did not complete" (#345) and leaves the page dead. So they are read before React
 * listens to anything. What is thrown comes before any hook.
 */
async function dataRead(): Promise<void> {
  try {
    RemixBrowser({})
  } catch (notYet) {
    await notYet
  }
}

function takeOver(): void {
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    )
  })
}

void dataRead().then(takeOver)
