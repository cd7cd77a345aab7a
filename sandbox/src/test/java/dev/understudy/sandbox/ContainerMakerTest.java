package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerMakerTest {
    @Test
    void itsImagesAreThoseOfTheComposeFile() throws IOException {
        List<String> compose = Files.readAllLines(Home.find().require("deploy/compose.yaml"));

        assertThat(compose)
                .contains(
                        "    image: " + ContainerMaker.KAFKA_IMAGE,
                        "    image: " + ContainerMaker.REGISTRY_IMAGE,
                        "  image: "
                                + ContainerMaker.POSTGRES_IMAGE
                                + PostgresVersion.POSTGRES_18.major());
    }
}
