import { quoteArgv } from './quote-argv.ts'

/**
 * POSIX shell for the other side. A command with an effect belongs to a folder there, `~/.salvor/<once>`: who makes
 * the folder begins it, and it goes on whatever becomes of the connection. In the folder: `claim` (it will run),
 * `boot`, then `pid`, `out`, `err`, and `rc` once it has ended: its process writes that last, so who finds the process
 * gone looks for it once more.
 */

/** Days after which what is known about an ended command may go. */
const KEEP_DAYS = 14
/** Tenths of a second that one look waits for the end. */
const LOOK_TENTHS = 150
/** Seconds in which a command that was begun must have claimed its folder; else it never will. */
const CLAIM_SECONDS = 20

/**
 * The script that runs a command in its folder's name. It owns the folder by `claim`: a look that gave up on it may have
 * claimed it first. Output goes to files, because a pipe would end with the connection. It is a file there, because
 * systemd puts values in place of `$` in the words of a unit; it takes itself away, because words may be secret.
 * What the command starts keeps the account's own umask.
 */
export function writeRun(argv: readonly string[]): string {
  return `d=\${0%/run}
mkdir "$d/claim" 2>/dev/null || exit 98
rm -f "$0"
cat /proc/sys/kernel/random/boot_id > "$d/boot" 2>/dev/null
echo $$ > "$d/pid.part" && mv "$d/pid.part" "$d/pid"
cd "$HOME" 2>/dev/null || cd /
umask "\${1:-022}"
${quoteArgv(argv)} > "$d/out" 2> "$d/err" < /dev/null
echo $? > "$d/rc.part" && mv "$d/rc.part" "$d/rc"
`
}

/** Words: once, and the script that runs the command. Prints `begun` or `known`. */
export const BEGIN = `
before=$(umask); umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH
base=$HOME/.salvor; once=$1
mkdir -p "$base" || exit 97
find "$base" -mindepth 1 -maxdepth 1 -type d -mtime +${KEEP_DAYS} -exec rm -rf {} + 2>/dev/null
d=$base/$once
mkdir "$d" 2>/dev/null || { [ -d "$d" ] && echo known && exit 0; exit 97; }
printf '%s' "$2" > "$d/run" || exit 97
if [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
  systemd-run --quiet --collect --unit="salvor-$once" --setenv=HOME="$HOME" --setenv=PATH="$PATH" -- /bin/sh "$d/run" "$before" >/dev/null || exit 96
else
  setsid sh "$d/run" "$before" >/dev/null 2>&1 < /dev/null &
fi
echo begun
`

/** Words: once. Waits a while for the end, then prints `state …` and what it wrote. */
export const LOOK = `
d=$HOME/.salvor/$1
[ -d "$d" ] || { echo 'state none'; exit 0; }
cd "$d" || exit 97
waited=0
while [ ! -e rc ] && [ $waited -lt ${LOOK_TENTHS} ]; do
  if [ -e pid ]; then
    [ "$(cat boot 2>/dev/null)" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" ] && kill -0 "$(cat pid)" 2>/dev/null || break
  elif [ $waited -ge ${CLAIM_SECONDS}0 ]; then break
  fi
  sleep 0.1 2>/dev/null || sleep 1
  waited=$((waited+1))
done
if [ -e rc ]; then echo "state ended $(cat rc)"
elif [ -e pid ]; then
  if [ "$(cat boot 2>/dev/null)" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" ] && kill -0 "$(cat pid)" 2>/dev/null; then echo 'state runs'
  elif [ -e rc ]; then echo "state ended $(cat rc)"; else echo 'state lost'
  fi
elif [ -d claim ]; then echo 'state runs'
else echo 'state begun'
fi
echo '--- out'; tail -c 16000 out 2>/dev/null
echo; echo '--- err'; tail -c 16000 err 2>/dev/null
`

/** Words: once. Takes the folder from a command that never claimed it: it will not run any more. */
export const GIVE_UP = `mkdir "$HOME/.salvor/$1/claim" 2>/dev/null && echo 'given up'`

/** Words: once. Ends the command with all that it started; one that is still on its way there will not run. */
export const END = `
umask 077
d=$HOME/.salvor/$1
mkdir -p "$d" && cd "$d" || exit 97
mkdir claim 2>/dev/null && exit 0
waited=0
while [ ! -e pid ] && [ $waited -lt 50 ]; do sleep 0.1 2>/dev/null || sleep 1; waited=$((waited+1)); done
[ -e rc ] && exit 0
[ "$(cat boot 2>/dev/null)" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" ] || exit 0
kill -KILL -- "-$(cat pid)" 2>/dev/null
[ "$(id -u)" = 0 ] && [ -d /run/systemd/system ] && systemctl kill --signal=KILL "salvor-$1" 2>/dev/null
:
`
