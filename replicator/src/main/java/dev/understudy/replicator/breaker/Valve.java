package dev.understudy.replicator.breaker;

/** What a breaker pauses. */
public interface Valve {
    /** Pauses nothing. */
    Valve NONE =
            new Valve() {
                @Override
                public void pause() {}

                @Override
                public void resume() {}
            };

    void pause();

    void resume();
}
