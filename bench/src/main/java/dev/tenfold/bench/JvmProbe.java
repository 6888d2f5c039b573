package dev.tenfold.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.Closeable;
import java.io.IOException;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into another JVM on this machine, in the same way whatever runs there. */
final class JvmProbe implements Closeable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JvmProbe(JMXConnector connector) throws IOException {
    this.connector = connector;
    beans = connector.getMBeanServerConnection();
  }

  @SuppressWarnings("BanJNDI") // the address is that of a process which this one has started
  static JvmProbe attach(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine vm = VirtualMachine.attach(Long.toString(pid));
    try {
      return new JvmProbe(
          JMXConnectorFactory.connect(new JMXServiceURL(vm.startLocalManagementAgent())));
    } finally {
      vm.detach();
    }
  }

  /** Bytes that all threads, also ended ones, have allocated on the heap. */
  long allocatedBytes() throws IOException, JMException {
    return (Long)
        beans.getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
  }

  /** The names of the collectors. */
  String collectors() throws IOException, JMException {
    return beans.queryNames(new ObjectName("java.lang:type=GarbageCollector,*"), null).stream()
        .map(name -> name.getKeyProperty("name"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Bytes in use on the heap after a full collection, which this makes. */
  long heapBytesAfterCollection() throws IOException, JMException {
    ObjectName memory = new ObjectName("java.lang:type=Memory");
    beans.invoke(memory, "gc", null, null);
    CompositeData usage = (CompositeData) beans.getAttribute(memory, "HeapMemoryUsage");
    return (Long) usage.get("used");
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
