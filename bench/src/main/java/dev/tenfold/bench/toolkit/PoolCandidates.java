package dev.tenfold.bench.toolkit;

import dev.tenfold.toolkit.pool.ObjectPool;
import io.netty.util.Recycler;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import stormpot.Allocator;
import stormpot.Pool;
import stormpot.Poolable;
import stormpot.Slot;
import stormpot.Timeout;

/** Four pools of the same things, each with room for {@code size} of them. */
final class PoolCandidates {
  private static final Timeout SOON = new Timeout(10, TimeUnit.SECONDS);

  private final ObjectPool<Object> ours;
  private final GenericObjectPool<Object> commons;
  private final Pool<StormThing> storm;
  private final Recycler<NettyThing> netty;

  PoolCandidates(Things things, int size) {
    ours =
        ObjectPool.builder(things::make)
            .maxIdle(size)
            .reset(Things::reset)
            .onDiscard(Things::drop)
            .build();
    commons = commons(things, size);
    storm = Pool.from(new StormMaker(things)).setSize(size).build();
    netty =
        new Recycler<>(size) {
          @Override
          protected NettyThing newObject(Handle<NettyThing> handle) {
            return new NettyThing(handle, things.make());
          }
        };
  }

  private static GenericObjectPool<Object> commons(Things things, int size) {
    GenericObjectPoolConfig<Object> options = new GenericObjectPoolConfig<>();
    options.setMaxTotal(size);
    options.setMaxIdle(size);
    options.setJmxEnabled(false);
    return new GenericObjectPool<>(
        new BasePooledObjectFactory<>() {
          @Override
          public Object create() {
            return things.make();
          }

          @Override
          public PooledObject<Object> wrap(Object thing) {
            return new DefaultPooledObject<>(thing);
          }

          @Override
          public void passivateObject(PooledObject<Object> pooled) {
            Things.reset(pooled.getObject());
          }
        },
        options);
  }

  Object tenfold() {
    Object thing = ours.get();
    Things.use(thing);
    ours.put(thing);
    return thing;
  }

  Object commonsPool() throws Exception {
    Object thing = commons.borrowObject();
    Things.use(thing);
    commons.returnObject(thing);
    return thing;
  }

  Object stormpot() throws InterruptedException {
    StormThing pooled = storm.claim(SOON);
    if (pooled == null) {
      throw new IllegalStateException("Stormpot had nothing for ten seconds");
    }
    Things.use(pooled.thing);
    Things.reset(pooled.thing);
    pooled.release();
    return pooled;
  }

  Object nettyRecycler() {
    NettyThing pooled = netty.get();
    Things.use(pooled.thing);
    Things.reset(pooled.thing);
    pooled.handle.recycle(pooled);
    return pooled;
  }

  void close() throws InterruptedException {
    ours.close();
    commons.close();
    storm.shutdown().await(SOON);
  }

  private record StormMaker(Things things) implements Allocator<StormThing> {
    @Override
    public StormThing allocate(Slot slot) {
      return new StormThing(slot, things.make());
    }

    @Override
    public void deallocate(StormThing pooled) {
      Things.drop(pooled.thing);
    }
  }

  private record StormThing(Slot slot, Object thing) implements Poolable {
    @Override
    public void release() {
      slot.release(this);
    }
  }

  private record NettyThing(Recycler.Handle<NettyThing> handle, Object thing) {}
}
