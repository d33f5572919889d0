/**
 * Words behind a file's name that say what the entry is, and that it is no version: packagers, editors, people and
 * programs leave them beside versions. By what they mean, in words for a person.
 */
const meanings: { readonly [meaning: string]: string } = {
  'a checksum': 'sha sha1 sha224 sha256 sha384 sha512 sha1sum sha256sum sha512sum md5 md5sum b2 b2sum b3 crc crc32 sum',
  'a signature': 'asc sig sign minisig p7s p7m gpgsig signature',
  compressed: 'gz bz2 xz zst lz4 lzma z zip tar tgz tbz txz 7z rar br',
  encrypted: 'gpg pgp age enc sops',
  'an old copy': 'old older save saved sav bak bkp backup orig rej prev previous obsolete deprecated',
  'a packager’s file':
    'rpmnew rpmsave rpmorig rpmold dpkg ucf pacnew pacsave pacorig apk debian merge merged conflict conflicted',
  'an example': 'example examples sample samples template templates tmpl tpl dist default defaults skel in j2 erb',
  'switched off': 'disabled disable off inactive unused removed deleted',
  'a copy': 'copy copies kopie copie copia kopia 복사본 사본 コピー 副本',
  'a temporary file': 'tmp temp swp swo swx new part partial lock lck pid log diff patch',
  'not finished': 'rc alpha beta pre preview dev wip working draft snapshot nightly test todo',
  'a text about it': 'md txt readme rst html pdf note notes changelog',
}

const known = new Map(
  Object.entries(meanings).flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
)

/** What a name says that makes it no version; null where no word of it does. `Copy of …` and `copy 2` are copies. */
export function readLeaving(label: string): string | null {
  const words =
    label
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const bare = (word: string) => (known.has(word) ? word : word.replace(/\d+$/, ''))
  const said = words.map((word) => known.get(bare(word)))
  const [first, last] = [said[0], said.findLast((_, at) => !/^\d+$/.test(words[at] ?? ''))]
  return last ?? first ?? (/\(\d+\)\s*$/.test(label) ? 'a copy' : null)
}
