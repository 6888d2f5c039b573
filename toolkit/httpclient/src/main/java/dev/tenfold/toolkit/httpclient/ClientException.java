package dev.tenfold.toolkit.httpclient;

/**
 * Why a call has no answer. The message names neither URL nor header. Thrown by a method that
 * blocks, it has the stack of its caller; told by a future it has none, which would only show an
 * event loop.
 */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1;

  /** The ways in which a call can fail. */
  public enum Kind {
    /** No connection could be made: refused, no such host, no answer within the connect timeout. */
    CONNECT("no connection could be made"),
    /** A connection was made, but the TLS handshake failed. */
    TLS("the TLS handshake failed"),
    /** The call's time was over, be it waiting for a connection or for the answer. */
    TIMEOUT("the call's time was over"),
    /**
     * The connection closed, or the peer ended the stream of HTTP/2, before the answer was
     * complete.
     */
    CLOSED("the connection closed before the answer was complete"),
    /** As many calls wait for a connection to this origin as may. */
    FULL("too many calls wait for a connection"),
    /** The answer is larger than the pool takes. */
    TOO_LARGE("the answer is too large"),
    /** There is no {@link AnswerRoom} left for the answer. */
    NO_ROOM("there is no room for the answer"),
    /** The pool was shut down. */
    SHUT_DOWN("the pool was shut down"),
    /** What came is not HTTP as RFC 9112 and RFC 9113 have it, or is not coded as it says. */
    BAD_ANSWER("the answer is not valid HTTP"),
    /** The caller cancelled it. */
    CANCELLED("the call was cancelled");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final Kind kind;
  private final boolean mayHaveBeenSent;

  ClientException(Kind kind, boolean mayHaveBeenSent) {
    this(kind, mayHaveBeenSent, false);
  }

  private ClientException(Kind kind, boolean mayHaveBeenSent, boolean withStack) {
    super(kind.text, null, false, withStack);
    this.kind = kind;
    this.mayHaveBeenSent = mayHaveBeenSent;
  }

  /** The same, with the stack of this thread. */
  ClientException thrownHere() {
    return new ClientException(kind, mayHaveBeenSent, true);
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the peer may have acted on the request. False is certain; true is not. */
  public boolean mayHaveBeenSent() {
    return mayHaveBeenSent;
  }
}
