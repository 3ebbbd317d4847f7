/**
 * What runs by itself. Patterns are the machine's time in UTC; a task asks `deps.clock` what is due, so that it
 * follows the demo's clock, and all of them are run at once when that clock is moved.
 */
export const schedule: readonly { task: string; cron: string }[] = [
  { task: 'receive_instalments', cron: '5 * * * *' },
  { task: 'expire_requests', cron: '10 * * * *' },
  { task: 'confirm_by_silence', cron: '15 * * * *' },
  { task: 'end_missed_visits', cron: '20 * * * *' },
  { task: 'settle_due_visits', cron: '25 * * * *' },
  { task: 'expire_checks', cron: '25 1 * * *' },
  { task: 'take_off_stale', cron: '35 1 * * *' },
  { task: 'forget_old_sign_ins', cron: '40 3 * * *' },
]
