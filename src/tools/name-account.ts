import { execa } from 'execa'

/** The name of an account of this machine, local or from a directory, by its number; null for one without. */
export async function nameAccount(uid: number): Promise<string | null> {
  const { stdout, exitCode } = await execa('getent', ['passwd', String(uid)], {
    reject: false,
    timeout: 5_000,
    stdin: 'ignore',
    maxBuffer: 64 * 1024,
  })
  const [name, , number] = (stdout ?? '').split(':')
  return exitCode === 0 && name && Number(number) === uid ? name : null
}
