import type { RoomObject } from '../wire/protocol';
import { isRoom } from '../wire/valid';

/** How many rooms there are in all, if more than a frame lists. */
interface Counts {
  waiting?: number;
  left?: number;
}

/** The waiting rooms and left questions that the server has listed, oldest first, and how many more there are. */
export class AgentQueue {
  rooms: RoomObject[] = [];
  private waitingBeyond = 0;
  private leftBeyond = 0;

  /** `isCurrent`: whether a room object is the newest one known of a room that nobody holds here. */
  constructor(private isCurrent: (room: RoomObject) => boolean) {}

  get left(): number {
    return this.listedLeft(this.rooms) + this.leftBeyond;
  }

  get waiting(): number {
    return this.rooms.length - this.listedLeft(this.rooms) + this.waitingBeyond;
  }

  find = (id: string): RoomObject | undefined => this.rooms.find((room) => room.id === id);

  replace(rooms: RoomObject[], { waiting = 0, left = 0 }: Counts): void {
    const listed = this.listedLeft(rooms);
    this.leftBeyond = Math.max(0, left - listed);
    this.waitingBeyond = Math.max(0, waiting - (rooms.length - listed));
    this.set(rooms);
  }

  add(room: RoomObject): void {
    this.set([...this.rooms, room]);
  }

  remove(id: string): void {
    if (this.find(id)) this.rooms = this.rooms.filter((room) => room.id !== id);
  }

  clear(): void {
    this.rooms = [];
  }

  /** A list older than what is known of a room does not put the room back into the queue. */
  private set(rooms: RoomObject[]): void {
    this.rooms = rooms
      .filter((room) => isRoom(room) && room.status === 'waiting' && this.isCurrent(room))
      .sort((a, b) => a.created - b.created);
  }

  private listedLeft(rooms: RoomObject[]): number {
    return rooms.reduce((n, room) => n + (room?.left ? 1 : 0), 0);
  }
}
