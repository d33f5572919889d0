/** Another machine of the plan, as tools reach it: over OpenSSH, with a pinned key and without asking anybody. */
export interface HostAddress {
  /** Its name in the plan. */
  readonly name: string
  /** `user@machine` or `ssh://user@machine:port`. */
  readonly ssh: string
  /** Absolute path of the file with its pinned keys. */
  readonly knownHosts: string
  /** Absolute path of the private key; default: as this account's OpenSSH is set up. */
  readonly identity?: string
  /** argv in front of systemctl and journalctl there: `sudo -n`. */
  readonly become: readonly string[]
  /**
   * Names one attempt of one step of one installation. A command with an effect is begun once under it, whatever
   * becomes of the connection; only looking is possible without.
   */
  readonly once?: string
}
