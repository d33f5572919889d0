import type { Socket } from 'node:net'

/** Who has not proved anything yet takes one of these; the one that waited longest makes room. */
const MOST_UNPROVED = 32
/** What one account may have open at once. */
const MOST_OF_ONE = 16

/** Places for connections: strangers push out strangers, and nobody takes the places of another account. */
export interface Seats {
  /** A connection that has not said whose it is. */
  enter(socket: Socket): void
  /** It has now. False where that account has as many as one may have. */
  prove(socket: Socket, uid: number): boolean
  closeAll(): void
}

/** Opens empty places. */
export function createSeats(): Seats {
  /** In the order in which they came. */
  const unproved = new Set<Socket>()
  const proved = new Map<number, Set<Socket>>()
  return {
    enter(socket) {
      const [oldest] = unproved
      if (unproved.size >= MOST_UNPROVED && oldest) {
        unproved.delete(oldest)
        oldest.destroy()
      }
      unproved.add(socket)
      socket.on('close', () => unproved.delete(socket))
    },
    prove(socket, uid) {
      unproved.delete(socket)
      const own = proved.get(uid) ?? new Set<Socket>()
      if (own.size >= MOST_OF_ONE) return false
      proved.set(uid, own.add(socket))
      socket.on('close', () => {
        own.delete(socket)
        if (own.size === 0 && proved.get(uid) === own) proved.delete(uid)
      })
      return true
    },
    closeAll() {
      for (const socket of [...unproved, ...[...proved.values()].flatMap((own) => [...own])]) socket.destroy()
    },
  }
}
