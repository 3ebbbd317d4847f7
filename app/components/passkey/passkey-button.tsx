import { useEffect, useRef, useState } from 'react'
import { Button } from '../button/button.tsx'
import { Notice } from '../notice/notice.tsx'
import { askDevice, type DeviceQuestion } from './ask-device.ts'

export interface PasskeyButtonProps extends DeviceQuestion {
  children: string
}

/**
 * Inside a form: when it is sent, asks the device first and puts its answer into the hidden field `response`. The only
 * thing on the site that needs script, so it says so, and another way is always beside it.
 */
export function PasskeyButton({ children, kind, options }: PasskeyButtonProps) {
  const field = useRef<HTMLInputElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const form = field.current?.form
    if (!form) return undefined
    const ask = async (): Promise<void> => {
      setFailed(false)
      const answer = await askDevice({ kind, options })
      if (answer === null || !field.current) {
        setFailed(true)
        return
      }
      field.current.value = answer
      form.submit()
    }
    const send = (event: SubmitEvent): void => {
      event.preventDefault()
      void ask()
    }
    form.addEventListener('submit', send)
    return () => {
      form.removeEventListener('submit', send)
    }
  }, [kind, options])
  return (
    <div className="stack-s">
      <input type="hidden" name="response" ref={field} defaultValue="" />
      <Button size="big">{children}</Button>
      <div aria-live="polite">
        {failed ? (
          <Notice tone="warn" level={2} title="Your device did not finish">
            <p>Nothing was changed. Try again, or use a code from your e-mail.</p>
          </Notice>
        ) : null}
      </div>
      <noscript>
        <p>A passkey needs JavaScript, which is off here. Use a code from your e-mail instead.</p>
      </noscript>
    </div>
  )
}
