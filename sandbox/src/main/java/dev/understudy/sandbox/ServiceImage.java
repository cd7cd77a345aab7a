package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The images of the services, built from {@code deploy/Dockerfile} and the runnable jars at the
 * first use, so that a test never runs an older build; they go with the JVM.
 */
final class ServiceImage {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceImage.class);
    private static final Map<Path, ImageFromDockerfile> BUILT = new ConcurrentHashMap<>();

    static {
        AtShutdown.add(ServiceImage::removeAll);
    }

    private ServiceImage() {}

    /** To be called before anything is opened that runs the images, since it is closed later. */
    static void prepare() {}

    static Future<String> of(Path jar) {
        return BUILT.computeIfAbsent(jar, ServiceImage::declare);
    }

    private static ImageFromDockerfile declare(Path jar) {
        String file = jar.getFileName().toString();
        String service = file.substring(0, file.length() - ".jar".length());
        String name = "understudy/%s:sandbox-%d".formatted(service, ProcessHandle.current().pid());
        return new ImageFromDockerfile(name, false)
                .withFileFromPath("Dockerfile", Home.find().require("deploy/Dockerfile"))
                .withFileFromPath("jvm.options", Home.find().require("deploy/jvm.options"))
                .withFileFromPath(file, jar)
                .withFileFromPath("lib", jar.resolveSibling("lib"))
                .withBuildArg("SERVICE", service);
    }

    private static void removeAll() {
        for (ImageFromDockerfile image : BUILT.values()) {
            try {
                DockerClientFactory.lazyClient()
                        .removeImageCmd(image.getDockerImageName())
                        .withForce(true)
                        .exec();
            } catch (RuntimeException e) {
                LOG.warn("The image {} stays: {}", image.getDockerImageName(), e.toString());
            }
        }
    }
}
