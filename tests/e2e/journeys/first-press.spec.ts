import { expect, test } from '../support/test.ts'

// React answers a press on a page that it has begun to listen to by taking over the page at once. If the page's data
// are not read yet, it cannot: it throws "Root did not complete" (#345), and never takes the page over.
test('a press in the moment in which the page comes alive breaks nothing and loses nothing @js', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const listen = document.addEventListener.bind(document)
    let pressed = false
    document.addEventListener = (...args: Parameters<typeof listen>) => {
      listen(...args)
      // React begins to listen; its first turn at the page comes later. Here somebody is quicker.
      if (pressed || args[0] !== 'click') return
      pressed = true
      queueMicrotask(() => {
        const field = document.querySelector<HTMLInputElement>('input[name="email"]')
        if (!field) return
        field.dataset['pressed'] = 'yes'
        field.value = 'joan@example.org'
        field.click()
      })
    }
  })
  await page.goto('/sign-in')
  await page.waitForFunction(() => '__remixRouter' in window)
  const field = page.getByLabel('Your e-mail address')
  await expect(field).toHaveValue('joan@example.org')
  await expect(field, 'is the field that was pressed, not one drawn anew').toHaveAttribute(
    'data-pressed',
    'yes',
  )
})
