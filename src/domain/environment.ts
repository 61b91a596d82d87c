/** Where answers belong to: training, development and staging answers are never read by production (safety S3). */
export type Environment = 'training' | 'production' | 'staging' | 'development'

/** All environments, the safe one first. */
export const ENVIRONMENTS = [
  'training',
  'production',
  'staging',
  'development',
] as const satisfies readonly Environment[]
