package dev.understudy.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what a container prints to a file, until it ends. */
final class ContainerLog extends ResultCallback.Adapter<Frame> {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);

    private final Path file;

    private ContainerLog(Path file) {
        this.file = file;
    }

    /**
     * Follows a container from a time on, in seconds of the epoch; what was there is appended to.
     */
    static void follow(DockerClient engine, String id, long since, Path file) {
        var _ =
                engine.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withFollowStream(true)
                        .withSince(Math.toIntExact(since))
                        .exec(new ContainerLog(file));
    }

    @Override
    public void onNext(Frame frame) {
        try {
            Files.write(
                    file, frame.getPayload(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.debug("{} cannot be written", file, e);
        }
    }
}
