import type { Family } from '../examples.ts'
import { Button, LinkButton, LinkLikeButton } from './button.tsx'

export const buttons: Family = {
  id: 'buttons',
  title: 'Buttons',
  about: 'One filled button on a page that commits money or consent.',
  examples: [
    {
      name: 'Every kind',
      of: (
        <div className="row">
          <LinkButton href="#buttons" size="big">
            Ask for these six visits
          </LinkButton>
          <Button type="button">Yes, it did</Button>
          <Button type="button" kind="second">
            Something was different
          </Button>
          <Button type="button" kind="danger">
            Take the request back
          </Button>
          <Button type="button" kind="quiet">
            Save and finish later
          </Button>
          <Button type="button" kind="second" size="small">
            Sort
          </Button>
        </div>
      ),
    },
    {
      name: 'Cannot be pressed now: the reason stands beside it',
      of: (
        <div className="row">
          <Button unavailableBecause="too-short">Ask for these visits</Button>
          <p id="too-short" className="small">
            You can ask when a fund can pay. £14.00 is missing.
          </p>
        </div>
      ),
    },
    {
      name: 'Focus, and a button that looks like a link',
      of: (
        <form className="row" action="#buttons">
          <span className="btn show-focus">Focus looks like this</span>
          <LinkLikeButton>Go back to your own pages</LinkLikeButton>
        </form>
      ),
    },
  ],
}
