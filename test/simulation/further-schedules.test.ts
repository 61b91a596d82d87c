import { COUNT, playFrom, TIMEOUT_MS } from './play-schedules'

test(
  'the second half of the random schedules breaks no promise',
  async () => {
    const { failures, hazards } = await playFrom(COUNT)
    expect(failures).toEqual([])
    expect(Object.keys(hazards).length).toBeGreaterThan(15)
  },
  TIMEOUT_MS,
)
