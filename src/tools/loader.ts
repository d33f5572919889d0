import { roleOfUrl } from '../domain/role-of-url.ts'
import type { TargetAddress } from '../ports/content-tools.ts'

/** The target as whoever loads backups logs in: a role for that alone where the plan has one, else url's. */
export function loaderOf(target: TargetAddress): TargetAddress {
  return target.loadUrl === undefined ? target : { ...target, url: target.loadUrl }
}

/** The role that loads. */
export function nameLoader(target: TargetAddress): string {
  return roleOfUrl(loaderOf(target).url)
}
