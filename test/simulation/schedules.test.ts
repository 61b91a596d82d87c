import { playFrom, TIMEOUT_MS } from './play-schedules'

test(
  'random schedules of misfortune break no promise',
  async () => {
    const { failures, hazards } = await playFrom(0)
    expect(failures).toEqual([])
    expect(Object.keys(hazards).length).toBeGreaterThan(15)
  },
  TIMEOUT_MS,
)
