package dev.tenfold.bench.toolkit;

/** {@code bench/run httpclient}. */
final class HttpClientBenchmark {
  private HttpClientBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "httpclient",
            "A thread asks for 1.6 KB and waits",
            """
            One platform thread or eight ask over kept HTTP/1.1 connections on loopback, without TLS; each waits for its answer. `tenfold` is `ClientPool.exchange`, `jdkHttpClient` `HttpClient.send`, `apacheHttpClient` the blocking
            client of Apache HttpClient 5 with as many connections as it wants. The server (the JDK's `HttpServer` on virtual threads) is in the same JVM: its time and garbage are in each figure, and are the same for all.\
            """)
        .of(HttpClientMicro.class, 1, 8);
  }
}
