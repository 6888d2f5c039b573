package dev.tenfold.cli;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs one command, and exits with its status: 0 fine, 1 failure, 2 wrong usage. */
  public static void main(String[] args) {
    ProcessTermination termination = new ProcessTermination();
    Tenfold tenfold = new Tenfold(System.getenv(), termination, new RealServices());
    int status = Tenfold.commandLine(tenfold).execute(args);
    termination.finish(status);
    System.exit(status);
  }
}
