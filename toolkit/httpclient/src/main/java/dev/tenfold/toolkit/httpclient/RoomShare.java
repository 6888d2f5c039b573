package dev.tenfold.toolkit.httpclient;

/** What one answer takes of the room. On one event loop only. */
final class RoomShare {
  private final AnswerRoom room;
  private long taken;

  RoomShare(AnswerRoom room) {
    this.room = room;
  }

  /** The answer holds so many bytes from now on; false if there is no room for them. */
  boolean hold(long bytes) {
    long counted = Math.max(0, bytes - AnswerRoom.FREE_BYTES);
    if (counted > taken && !room.take(counted - taken)) {
      return false;
    }
    if (counted < taken) {
      room.give(taken - counted);
    }
    taken = counted;
    return true;
  }

  /** The answer holds nothing any more. */
  void release() {
    hold(0);
  }
}
