package dev.tenfold.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * nginx, configured as one would in front of a node: one worker, no log, connections to the node
 * kept, and, if asked for, {@code proxy_cache} keyed by the body. All its files are on tmpfs.
 */
final class Nginx implements Closeable {
  private static final Path TMPFS = Path.of("/dev/shm");

  private final Path folder;

  private Nginx(Path folder) {
    this.folder = folder;
  }

  static Nginx write(int port, URI node, boolean caching) throws IOException {
    // Its worker is another user than root.
    Path folder =
        Files.createTempDirectory(
            TMPFS,
            "bench-nginx",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(
        folder.resolve("nginx.conf"),
        String.format(
            Locale.ROOT,
            """
            daemon off;
            worker_processes 1;
            pid %1$s/pid;
            error_log stderr crit;
            events { worker_connections 1024; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              client_body_buffer_size 64k;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              proxy_cache_path %1$s/cache keys_zone=answers:16m max_size=512m;
              upstream node { server %2$s:%3$d; keepalive 256; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:%4$d backlog=1024;
                location / {
                  proxy_pass http://node;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
            %5$s    }
              }
            }
            """,
            folder,
            node.getHost(),
            node.getPort(),
            port,
            caching
                ? """
                      proxy_cache answers;
                      proxy_cache_methods POST;
                      proxy_cache_key $request_body;
                      proxy_cache_valid 200 1h;
                """
                : ""));
    return new Nginx(folder);
  }

  Program start() throws IOException {
    return Program.command(
        executable(), "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString());
  }

  private static String executable() {
    return List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx").stream()
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this benchmark needs nginx: install it (Debian: apt-get install nginx)"));
  }

  static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
