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

test('a page that comes alive does not take the focus from somebody who is typing already @js', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByLabel('Your e-mail address').fill('joan')
  // The answer's scripts come late, as they do on a slow line.
  let letScriptsCome = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letScriptsCome = resolve
  })
  await page.route('**/assets/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('button', { name: 'Send me a code' }).click({ noWaitAfter: true })
  await expect(page.getByRole('alert')).toBeVisible()
  const field = page.getByLabel('Your e-mail address')
  await field.fill('')
  await field.pressSequentially('joan@exam')
  letScriptsCome()
  await page.waitForFunction(() => '__remixRouter' in window)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  await page.keyboard.type('ple.org')
  await expect(field).toHaveValue('joan@example.org')
})
