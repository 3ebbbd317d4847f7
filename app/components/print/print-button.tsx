import { useEffect, useState } from 'react'

/** Needs script, so it is not there without: the browser's own menu prints as well. */
export function PrintButton({ children = 'Print this page' }: { children?: string }) {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    setReady(true)
  }, [])
  if (!ready) return null
  return (
    <button
      type="button"
      className="btn second small no-print"
      onClick={() => {
        window.print()
      }}
    >
      {children}
    </button>
  )
}
